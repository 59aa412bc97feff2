import { copyFileSync, statSync, truncateSync } from 'node:fs';

/** Bytes; as many again are kept of what was before. */
const longest = 10 * 1024 * 1024;

/**
 * Cuts a log that has grown too long, also while its process writes on (it appends): whoever sends LiveKit a wrong token
 * makes it longer, and it stands on the same disk as the events.
 */
export function keepLogShort(log: string): void {
  try {
    if (statSync(log).size <= longest) return;
    keepLast(log);
    truncateSync(log);
  } catch {
    // There is none yet, or the system lets nobody touch it while it is written: the media server matters more.
  }
}

function keepLast(log: string): void {
  try {
    copyFileSync(log, `${log}.1`);
  } catch {
    // On a full disk what it said is worth less than the room.
  }
}
