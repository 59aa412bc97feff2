import type { DatabaseSync } from 'node:sqlite';
import type { Position, StreamName } from '../event-store';
import { firstBodyIn, withLogFile } from './log-at-rest';
import { toPosition } from './log-position';
import { describeUnusable, refuseTruncated } from './log-schema';

/** What tells one state of a log from all others. */
export interface LogSummary {
  /** Positions are given without gaps. */
  readonly events: number;
  readonly head: { readonly position: Position; /** Hexadecimal. */ readonly hash: string } | null;
  /** Body of the first event of the stream that was asked for; null when there is none. */
  readonly firstBody: string | null;
}

/** Of a log as this connection sees it. */
export function summariseLog(db: DatabaseSync, stream: StreamName): LogSummary {
  const head = db.prepare('SELECT position, lower(hex(hash)) AS hash FROM event ORDER BY position DESC LIMIT 1').get();
  const events = Number(head?.['position'] ?? 0);
  return {
    events,
    head: head === undefined ? null : { position: toPosition(BigInt(events)), hash: String(head['hash']) },
    firstBody: firstBodyIn(db, stream),
  };
}

/** Of a file that nobody writes; nothing is made beside it. @throws LogUnusable when it is no log, or cut off. */
export function summariseLogFile(file: string, stream: StreamName): LogSummary {
  refuseTruncated(file);
  try {
    return withLogFile(file, (db) => summariseLog(db, stream));
  } catch (error) {
    throw describeUnusable(file, error);
  }
}
