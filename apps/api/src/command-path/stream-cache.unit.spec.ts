import { expect, it } from '@jest/globals';
import type { RecordedEvent } from '@deskside/event-store';
import { SealedStream } from '@deskside/event-store/contract';
import { SealedTextOrigins } from './sealed-text-origins';
import { emptyStream, StreamCache } from './stream-cache';

const id = '00000000-0000-4000-8000-000000000001';
const line = { messageId: id, authorId: id, to: 'all', text: { erased: true } };

it('a fold goes on behind what damage has changed, also where it could have been folded', () => {
  const stream = new SealedStream('supportSession-1');
  const sealed = [line, { ...line, authorId: 7 }, line, line].map((payload) => stream.seal({ payload }));
  const recorded = sealed.map((event, index) => ({
    ...{ ...event, ...(index === 2 && { body: '{' }), stream: stream.name },
    ...{ revision: BigInt(index), position: String(index) as RecordedEvent['position'] },
  }));
  const collect = (seen: readonly number[], { revision }: { revision: number }): readonly number[] => [
    ...seen,
    revision,
  ];
  const loaded = new StreamCache(new SealedTextOrigins()).advance(
    emptyStream<readonly number[]>([]),
    recorded,
    collect,
  );
  expect(loaded).toMatchObject({ state: [0, 3], revision: 3n, lastHash: sealed[3]?.hash });
});
