import type { DatabaseSync } from 'node:sqlite';
import { isDamage } from '@deskside/sqlite';
import type { Position, StreamName } from '../event-store';
import { firstBodyIn, withLogFile } from './log-at-rest';
import { toPosition } from './log-position';
import { describeUnusable, refuseTruncated } from './log-schema';
import { holesIn } from './signed-rows';

/** What tells one state of a log from all others. */
export interface LogSummary {
  /** Positions are given without gaps, but for those of losses that were accepted. */
  readonly events: number;
  readonly head: { readonly position: Position; /** Hexadecimal. */ readonly hash: string } | null;
  /** Body of the first event of the stream that was asked for; null when there is none. */
  readonly firstBody: string | null;
}

/** Of a log as this connection sees it. */
export function summariseLog(db: DatabaseSync, stream: StreamName): LogSummary {
  const head = db.prepare('SELECT position, lower(hex(hash)) AS hash FROM event ORDER BY position DESC LIMIT 1').get();
  const position = BigInt(Number(head?.['position'] ?? 0));
  return {
    events: Number(position - acceptedHoles(db)),
    head: head === undefined ? null : { position: toPosition(position), hash: String(head['hash']) },
    firstBody: firstBodyIn(db, stream),
  };
}

/** None in a log that is damaged there: it is summed up all the same, and an audit says what is wrong with it. */
function acceptedHoles(db: DatabaseSync): bigint {
  try {
    return holesIn(db) ?? 0n;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return 0n;
  }
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
