import { isDamage, isPassing, SQLITE, sqliteCode } from '@deskside/sqlite';

/**
 * `spoilt`: the file is not what was written, and is made again from the log. `passing`: the disk, the memory or a lock is
 * in the way; the same may go well later. `other`: the fault is not the file's.
 */
export type FileTrouble = 'spoilt' | 'passing' | 'other';

/** The file at the path is not the one that was opened. */
export class FileReplaced extends Error {
  constructor() {
    super('the file was taken away or replaced');
    this.name = 'FileReplaced';
  }
}

/** Our statements fit our schema: what they do not find any more was lost with a page. */
const lost = /^no such |has no column named|^vtable constructor failed|^ON CONFLICT clause does not match/;

export function fileTrouble(error: unknown): FileTrouble {
  if (error instanceof FileReplaced) return 'spoilt';
  // A stored number that no statement of ours could have written.
  if ((error as { code?: unknown } | null)?.code === 'ERR_OUT_OF_RANGE') return 'spoilt';
  if (isDamage(error) || (sqliteCode(error) === SQLITE.ERROR && lost.test(messageOf(error)))) return 'spoilt';
  return isPassing(error) ? 'passing' : 'other';
}

export function isOfSqlite(error: unknown): boolean {
  return sqliteCode(error) !== 0;
}

export function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}
