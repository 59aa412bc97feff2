import { closeSync, openSync, readSync, statSync, truncateSync, writeFileSync } from 'node:fs';

/** Bytes; as many again are kept of what was before. */
export const longest = 10 * 1024 * 1024;

/**
 * Cuts a log that has grown too long, also while its process writes on (it appends): whoever sends LiveKit a wrong token
 * makes it longer, and it stands on the same disk as the events.
 */
export function keepLogShort(log: string): void {
  try {
    const { size } = statSync(log);
    if (size <= longest) return;
    keepLast(log, size);
    truncateSync(log);
  } catch {
    // There is none yet, or the system lets nobody touch it while it is written: the media server matters more.
  }
}

/** Its last part, `longest` bytes, goes into a second file, however much more was written since the last look. */
function keepLast(log: string, size: number): void {
  const last = Buffer.alloc(longest);
  const descriptor = openSync(log, 'r');
  try {
    readSync(descriptor, last, 0, longest, size - longest);
    writeFileSync(`${log}.1`, last, { mode: 0o600 });
  } catch {
    // On a full disk what it said is worth less than the room.
  } finally {
    closeSync(descriptor);
  }
}
