import { statSync } from 'node:fs';
import type { SealedEvent, StreamName } from '../event-store';
import { firstBodyIn, withLogFile } from './log-at-rest';

/**
 * The first event of a stream, read before the log is opened, without making or changing a file. Null when the log is not
 * there or has none; undefined when it cannot be told, which the opening of the log explains.
 */
export function firstInLogFile(file: string, stream: StreamName): Pick<SealedEvent, 'body'> | null | undefined {
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
    return withLogFile(file, (db) => {
      // One that was killed while its log was made has no tables yet.
      if (db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined) return null;
      const body = firstBodyIn(db, stream);
      return body === null ? null : { body };
    });
  } catch {
    return undefined;
  }
}
