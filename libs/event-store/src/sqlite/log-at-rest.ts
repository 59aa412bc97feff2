import { DatabaseSync } from 'node:sqlite';
import { passivePath } from '@deskside/sqlite';
import type { StreamName } from '../event-store';

/** What `work` finds in a file as it lies there: nothing is made beside it, and no lock is waited for. */
export function withLogFile<Result>(file: string, work: (db: DatabaseSync) => Result): Result {
  const db = new DatabaseSync(passivePath(file), { readOnly: true, timeout: 0 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** The body of the first event that a stream has, whatever its revision; null when it has none. */
export function firstBodyIn(db: DatabaseSync, stream: StreamName): string | null {
  const sql = 'SELECT body FROM event JOIN stream ON stream.id = event.stream WHERE name = ? ORDER BY revision LIMIT 1';
  const body = db.prepare(sql).get(stream)?.['body'];
  return typeof body === 'string' ? body : null;
}
