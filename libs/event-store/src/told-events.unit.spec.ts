import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from './event-store';
import { SealedStream } from './contract';
import { readEnvelope } from './seal';
import { toldEvents } from './told-events';

const [first, second] = ['2026-11-20T09:00:00.000Z', '2026-11-20T09:05:00.000Z'] as const;
const payload = { sessionId: '00000000-0000-4000-8000-000000000001' };

/** Events of these times; null is one that damage has changed. */
function recorded(...times: readonly (string | null)[]): readonly RecordedEvent[] {
  const stream = new SealedStream('access-1');
  return times.map((occurredAt, index) => {
    const sealed = stream.seal({ type: 'SessionReplayed', payload });
    const body = occurredAt === null ? '{' : JSON.stringify({ ...readEnvelope(sealed), occurredAt });
    const position = String(index + 1) as RecordedEvent['position'];
    return { ...sealed, body, stream: stream.name, revision: BigInt(index), position };
  });
}

describe('an event that is not intact', () => {
  it('is told as far as the log still says, and the others in full', () => {
    const [before, damaged] = recorded(first, null) as [RecordedEvent, RecordedEvent];
    const place = { stream: 'access-1', type: 'SessionReplayed' };
    const [actor, nobody] = ['contract', ''].map((id) => ({ kind: 'system', id }));
    expect(toldEvents([before, damaged])).toEqual([
      { ...place, id: before.id, position: '1', revision: 0, occurredAt: first, actor, payload },
      {
        ...{ ...place, id: damaged.id, position: '2', revision: 1, occurredAt: first, actor: nobody },
        ...{ payload: {}, unreadable: true },
      },
    ]);
  });

  it('has the time of the event before it, and the first that of the one behind it', () => {
    const times = (events: readonly RecordedEvent[], earlier?: string): readonly string[] =>
      toldEvents(events, { earlier: earlier ?? null }).map(({ occurredAt }) => occurredAt);
    expect(times(recorded(first, null, second, null))).toEqual([first, first, second, second]);
    expect(times(recorded(null, null, second))).toEqual([second, second, second]);
    expect(times(recorded(null, second), first)).toEqual([first, second]);
  });
});
