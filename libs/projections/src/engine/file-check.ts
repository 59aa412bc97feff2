import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileTrouble, messageOf } from './file-trouble';

/** Up to this size each row is looked for in each index too, which takes ten times as long (some 20 ms a megabyte). */
const THOROUGH_BYTES = 32 * 1024 * 1024;

/**
 * Looks for spoilt pages, one table a step: a thread must not be held for the whole of a large file. Reads over a connection
 * of its own, which has no page in memory. The search index of the names is checked by FTS5 itself as part of its table.
 * @returns what is wrong, or null. @throws when the file cannot be read just now.
 */
export function* checkFile(path: string): Generator<void, string | null> {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    const check = statSync(path).size <= THOROUGH_BYTES ? 'integrity_check' : 'quick_check';
    for (const table of tablesOf(db)) {
      const fault = faultOf(db, `${check}("${table}")`);
      if (fault !== null) return fault;
      yield;
    }
    return null;
  } catch (error) {
    if (fileTrouble(error) === 'passing') throw error;
    return messageOf(error);
  } finally {
    db?.close();
  }
}

/** All of it at once. @throws when the file cannot be read just now. */
export function faultOfFile(path: string): string | null {
  const steps = checkFile(path);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The pages of a small file at once, without comparing indexes: some 2 ms a megabyte. @throws what SQLite says */
export function faultOfPages(db: DatabaseSync): string | null {
  return faultOf(db, 'quick_check');
}

function tablesOf(db: DatabaseSync): readonly string[] {
  const rows = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
  return rows.map((row) => String(row['name']));
}

/** The first finding is enough. */
function faultOf(db: DatabaseSync, check: string): string | null {
  const [found] = Object.values(db.prepare(`PRAGMA ${check}`).get() ?? {});
  return found === 'ok' ? null : String(found);
}
