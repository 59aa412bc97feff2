import type { DatabaseSync } from 'node:sqlite';
import { INTEGRITY_STREAM, LOSS_ACCEPTED, newestAcceptance, OLDEST_EVENTS, readSignedState } from '../integrity';
import type { KnownHead, SignedState } from '../integrity';

/** What a row can stand at. */
const rowPosition = /^\d{1,18}$/;

interface Row {
  readonly type: string;
  readonly revision: bigint;
  readonly body: string;
}

/** The newest event of its stream that says how the log was; null when it was never signed. */
export function lastState(db: DatabaseSync): SignedState | null {
  const [row] = rowsOf(db, 'ORDER BY event.revision DESC LIMIT 1');
  return row === undefined ? null : readSignedState(row);
}

/**
 * Up to which position everything that was found has been accepted; 0n when nothing was behind `after`, or the log was copied
 * from elsewhere and another event stands there.
 */
export function acceptedUpTo(db: DatabaseSync, after: bigint): bigint {
  // Without `after` the first pages of all checkpoints there ever were would be read at each start.
  const [first] = rowsOf(db, 'AND event.position > ? AND type.name = ? LIMIT 1', after, LOSS_ACCEPTED);
  if (first === undefined) return 0n;
  const accepting = rowsOf(db, 'AND type.name = ? ORDER BY event.revision', LOSS_ACCEPTED);
  const newest = newestAcceptance(rowsOf(db, `ORDER BY event.revision LIMIT ${OLDEST_EVENTS}`), accepting);
  return newest !== null && endsAt(db, newest) ? BigInt(newest.checkpoint.position) : 0n;
}

/**
 * Positions at which nothing stands and nothing is missing, since that was accepted. Null when the event that the newest
 * checkpoint ends with is not where it says: also in a log that was copied from elsewhere.
 */
export function holesIn(db: DatabaseSync): bigint | null {
  const state = lastState(db);
  if (state === null) return 0n;
  if (!state.isSigned || !endsAt(db, state)) return null;
  return BigInt(state.checkpoint.position) - BigInt(state.checkpoint.size);
}

/** Whether the event that a state ends with stands where it says. */
function endsAt(db: DatabaseSync, { checkpoint: { position, last } }: SignedState): boolean {
  return isAt(db, { position, hash: Buffer.from(last, 'base64') });
}

export function isAt(db: DatabaseSync, { position, hash }: KnownHead): boolean {
  if (!rowPosition.test(position)) return false; // of a log on a server, or of nowhere
  const found = db.prepare('SELECT hash FROM event WHERE position = ?').get(BigInt(position))?.['hash'];
  return found instanceof Uint8Array && Buffer.compare(found, hash) === 0;
}

/** Of the stream `integrity`. */
function rowsOf(db: DatabaseSync, which: string, ...values: readonly (string | bigint)[]): readonly Row[] {
  const statement = db.prepare(
    `SELECT type.name AS type, revision, body FROM event JOIN type ON type.id = event.type
     WHERE stream = (SELECT id FROM stream WHERE name = ?) ${which}`,
  );
  statement.setReadBigInts(true);
  return statement.all(INTEGRITY_STREAM, ...values) as unknown as readonly Row[];
}
