import type { Envelope } from './envelope';
import type { RecordedEvent } from './event-store';
import { wellFormedEnvelope } from './well-formed-envelope';

/** An event as far as it can be told. */
export interface ToldEvent
  extends
    Pick<RecordedEvent, 'id' | 'type' | 'stream' | 'position'>,
    Pick<Envelope, 'occurredAt' | 'actor' | 'payload'> {
  readonly revision: number;
  /** It is not intact: what stands in its place has no payload, and nobody did it. */
  readonly unreadable?: true;
}

/** When no event near it says when it was. */
const noTime = new Date(0).toISOString();

/**
 * Events that stand one behind the other. Of one that is not intact the log still says the type and the place; its time is that of
 * the one before it, or of the one behind it when it is the first.
 * @param earlier the time of an event before these, if that is known
 */
export function toldEvents(
  recorded: readonly RecordedEvent[],
  { earlier = null, read = wellFormedEnvelope }: { earlier?: string | null; read?: typeof wellFormedEnvelope } = {},
): readonly ToldEvent[] {
  const envelopes = recorded.map(read);
  let time = earlier ?? envelopes.find((envelope) => envelope !== null)?.occurredAt ?? noTime;
  return recorded.map(({ id, type, stream, position, revision }, index) => {
    const envelope = envelopes[index] ?? null;
    const place = { id, type, stream, position, revision: Number(revision) };
    if (envelope === null) return { ...place, ...inItsPlace, occurredAt: time };
    const { occurredAt, actor, payload } = envelope;
    time = occurredAt;
    return { ...place, occurredAt, actor, payload };
  });
}

const inItsPlace = { actor: { kind: 'system', id: '' }, payload: {}, unreadable: true } as const;
