/** Primary result codes (https://www.sqlite.org/rescode.html). */
export const SQLITE = {
  ERROR: 1,
  BUSY: 5,
  LOCKED: 6,
  NOMEM: 7,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  PROTOCOL: 15,
  CONSTRAINT: 19,
  NOTADB: 26,
} as const;

const damage = new Set<number>([SQLITE.CORRUPT, SQLITE.NOTADB]);
const { BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL } = SQLITE;
const passing = new Set<number>([BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL]);

/** The primary result code of an error; 0 when it is not SQLite's. */
export function sqliteCode(error: unknown): number {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : 0;
}

/** The bytes of the file are not those of a database. It does not pass. */
export function isDamage(error: unknown): boolean {
  return damage.has(sqliteCode(error));
}

/** The disk, the memory or a lock is in the way: the same may go well later, and it says nothing of the file. */
export function isPassing(error: unknown): boolean {
  return passing.has(sqliteCode(error));
}
