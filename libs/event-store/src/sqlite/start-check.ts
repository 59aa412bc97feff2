import type { DatabaseSync } from 'node:sqlite';
import { INTEGRITY_STREAM, readSignedState } from '../integrity';
import type { KnownHead, SignedState } from '../integrity';
import { LogFile } from './log-file';

/**
 * Why the log may have lost something; null when it has all that is known of it. It counts and looks at single events,
 * some 100 ms for a million: which events are concerned, only an audit says.
 */
export function doubtAbout(db: DatabaseSync, file: string, head: KnownHead | null): string | null {
  const log = new LogFile(file);
  try {
    return countDoubt(db, log.head(), lastState(log)) ?? headDoubt(db, head);
  } catch (error) {
    return `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  } finally {
    log.close();
  }
}

/** Each index has a row for each event, and positions rise by one, apart from those of losses that were accepted. */
function countDoubt(db: DatabaseSync, head: bigint, state: SignedState | null): string | null {
  const holes = state === null ? 0n : BigInt(state.checkpoint.position) - BigInt(state.checkpoint.size);
  for (const index of ['event_place', 'event_id']) {
    const events = numberIn(db, `SELECT count(*) AS n FROM event INDEXED BY ${index}`);
    if (events !== head - holes) return `It has ${events} events where ${head - holes} were written.`;
  }
  if (state === null || BigInt(state.checkpoint.position) <= head) return null;
  return `It ends at position ${head}, before its checkpoint at ${state.checkpoint.position}.`;
}

function headDoubt(db: DatabaseSync, head: KnownHead | null): string | null {
  if (head === null) return null;
  const row = db.prepare('SELECT hash FROM event WHERE position = ?').get(BigInt(head.position));
  const hash = row?.['hash'];
  const isThere = hash instanceof Uint8Array && Buffer.compare(hash, head.hash) === 0;
  return isThere ? null : `The event at position ${head.position} is missing or another one.`;
}

/** The newest event of its stream that says how the log was. */
function lastState(log: LogFile): SignedState | null {
  const newest = log.readStream(INTEGRITY_STREAM, { direction: 'backwards', maxCount: 1 });
  return newest[0] === undefined ? null : readSignedState(newest[0]);
}

function numberIn(db: DatabaseSync, sql: string): bigint {
  const statement = db.prepare(sql);
  statement.setReadBigInts(true);
  return statement.get()?.['n'] as bigint;
}
