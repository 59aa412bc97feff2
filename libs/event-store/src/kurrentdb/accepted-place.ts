import type { EventLogReader, Position } from '../event-store';
import { newestAcceptanceIn } from '../integrity';
import { isPosition } from './kurrent-position';

type Log = Pick<EventLogReader, 'readStream' | 'eventAt' | 'comparePositions'>;

/** Up to where all that was found has been accepted; null when nothing was behind what this node has noted of its check. */
export async function acceptedUpTo(log: Log, noted: Position | null): Promise<Position | null> {
  const newest = await newestAcceptanceIn(log, noted);
  if (newest === null) return null;
  const { position, last } = newest.checkpoint;
  // In a log that was copied from elsewhere it is the position of another event, or of none.
  const event = isPosition(position) ? await log.eventAt(position) : null;
  if (event === null || Buffer.compare(event.hash, Buffer.from(last, 'base64')) !== 0) return null;
  return noted === null || log.comparePositions(event.position, noted) > 0 ? event.position : null;
}

/**
 * Whether an operator has accepted that the log does not have the event that this node has seen last: that is noted behind
 * the event that accepts, and whoever was killed in between has the note from before.
 */
export async function isAcceptedToBeMissing(log: Log, position: string): Promise<boolean> {
  const newest = await newestAcceptanceIn(log, null);
  return newest !== null && newest.findings.some((found) => found.kind === 'noHead' && found.position === position);
}
