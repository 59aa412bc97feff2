import type { EventStore, Position, RecordedEvent, StreamName } from '@deskside/event-store';
import type { ErasureMark } from '@deskside/vault';

export function markOf({ stream, revision, hash }: RecordedEvent): ErasureMark {
  return { stream, revision: revision.toString(), hash: Buffer.from(hash).toString('hex') };
}

/**
 * Where the marked event stands in this log. Null when this log has no such event: it is an older copy, or another one, or
 * somebody has written the mark by hand.
 */
export async function markedPosition(
  store: Pick<EventStore, 'readStream'>,
  mark: ErasureMark | null,
): Promise<Position | null> {
  if (mark === null) return null;
  const revision = BigInt(mark.revision);
  const [event] = await store.readStream(mark.stream as StreamName, { from: revision, maxCount: 1 });
  const isSame = event?.revision === revision && Buffer.from(event.hash).toString('hex') === mark.hash;
  return isSame ? event.position : null;
}
