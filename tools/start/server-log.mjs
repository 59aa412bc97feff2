import { mkdirSync, openSync, readSync, statSync, truncateSync, closeSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes; as many again are kept of what was before. */
const longest = 10 * 1024 * 1024;
const lookEvery = 1000;

/**
 * The server's own lines, in the data folder. Its process appends to the descriptor and goes on doing so when the file is
 * cut, so that the file stays short however long the server runs and whatever makes it talk.
 * @param {string} dataDir
 */
export function openServerLog(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'server.log');
  keepShort(file);
  const descriptor = openSync(file, 'a', 0o600);
  const looking = setInterval(() => keepShort(file), lookEvery).unref();
  return { file, descriptor, close: () => clearInterval(looking) };
}

/** @param {string} file */
function keepShort(file) {
  try {
    const { size } = statSync(file);
    if (size <= longest) return;
    keepLast(file, size);
    truncateSync(file);
  } catch {
    // There is none yet, or the system lets nobody touch it while it is written: serving matters more.
  }
}

/** @param {string} file @param {number} size */
function keepLast(file, size) {
  const last = Buffer.alloc(longest);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, last, 0, longest, size - longest);
    writeFileSync(`${file}.1`, last, { mode: 0o600 });
  } catch {
    // On a full disk what it said is worth less than the room.
  } finally {
    closeSync(descriptor);
  }
}
