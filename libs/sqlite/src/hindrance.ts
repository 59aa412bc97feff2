import type { DatabaseSync } from 'node:sqlite';

/** How long work waits for a lock that somebody has held for long already, milliseconds. */
export const HINDERED_PATIENCE_MS = 250;
/** Between two looks whether something can be written again while nobody asks for anything, milliseconds. */
export const LOOK_PAUSE_MS = 1000;

/** As much as most that is written at once: a disk that has room for a row only is still full. */
const lookBytes = 64 * 1024;

/**
 * Whether something can be written at this moment: tries it with a row that does not stay, in the table of names and values
 * that each of our files has. Waits no longer than the connection does.
 */
export function canWrite(db: DatabaseSync): boolean {
  try {
    db.exec(
      `BEGIN IMMEDIATE; INSERT INTO meta VALUES ('look', hex(zeroblob(${lookBytes / 2}))); DELETE FROM meta WHERE name = 'look'; COMMIT`,
    );
    return true;
  } catch {
    if (db.isTransaction) db.exec('ROLLBACK');
    return false;
  }
}
