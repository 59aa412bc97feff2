import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { passivePath } from '@deskside/sqlite';
import type { SealedEvent, StreamName } from '../event-store';

/**
 * The first event of a stream, read before the log is opened, without making or changing a file. Null when the log is not
 * there or has none; undefined when it cannot be told, which the opening of the log explains.
 */
export function firstInLogFile(file: string, stream: StreamName): Pick<SealedEvent, 'body'> | null | undefined {
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
    return read(file, stream);
  } catch {
    return undefined;
  }
}

function read(file: string, stream: StreamName): Pick<SealedEvent, 'body'> | null {
  const db = new DatabaseSync(passivePath(file), { readOnly: true, timeout: 0 });
  try {
    // One that was killed while its log was made has no tables yet.
    if (db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined) return null;
    const sql = `SELECT body FROM event JOIN stream ON stream.id = event.stream WHERE name = ? ORDER BY revision LIMIT 1`;
    const body = db.prepare(sql).get(stream)?.['body'];
    return typeof body === 'string' ? { body } : null;
  } finally {
    db.close();
  }
}
