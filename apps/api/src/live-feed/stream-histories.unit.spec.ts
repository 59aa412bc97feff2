import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { EventStore, RecordedEvent, StreamName } from '@deskside/event-store';
import { SealedStream } from '@deskside/event-store/contract';
import type { Vault } from '@deskside/vault';
import { charactersKept, keptFor, StreamHistories } from './stream-histories';

const vault = {} as Vault;
const [short, long] = ['short', 'long'] as StreamName[] as [StreamName, StreamName];
const id = '00000000-0000-4000-8000-000000000001';
const line = { messageId: id, authorId: id, to: 'all' };

/** Three events in each stream; those of the long ones take all the room there is. */
const past = (stream: StreamName): readonly RecordedEvent[] => {
  const sealed = new SealedStream(stream);
  const text = 'x'.repeat(stream.startsWith(long) ? charactersKept / 3 : 10);
  return [0, 1, 2].map((at) => ({
    ...{ ...sealed.seal({ payload: { ...line, text } }), stream },
    ...{ revision: BigInt(at), position: String(at) as RecordedEvent['position'] },
  }));
};
const readStream = jest.fn<EventStore['readStream']>(async (stream, options) =>
  past(stream).filter(({ revision }) => revision >= (options?.from ?? 0n)),
);
let histories: StreamHistories;
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
  readStream.mockClear();
  histories = new StreamHistories({ readStream }, vault);
});
afterEach(() => {
  histories.close();
  jest.useRealTimers();
});

it('the past of a stream is kept for whoever comes soon, and then let go', async () => {
  const first = await histories.read(short);
  expect([first.events.length, first.last]).toEqual([3, 2]);
  jest.advanceTimersByTime(keptFor - 1);
  const { events } = await histories.read(short);
  expect(events[0]).toBe(first.events[0]);
  expect(readStream.mock.calls.map(([, options]) => options?.from)).toEqual([0n, 3n]);
  jest.advanceTimersByTime(2 * keptFor);
  expect(histories.size).toBe(0);
});

it('of long texts fewer are kept, the newest', async () => {
  await histories.read(short);
  await histories.read(long);
  expect(histories.size).toBe(3);
  await histories.read(short);
  expect(histories.size).toBe(3);
  const { events } = await histories.read(short);
  expect(events).toHaveLength(3);
});

it('what was opened with a key that is destroyed is opened anew, and nothing else', async () => {
  const subject = 'supportSession-1';
  const sealed = { subject, class: 'content', nonce: 'n', ciphertext: 'c' } as const;
  const open = jest.fn(async () => 'in the clear');
  const stream = new SealedStream(short);
  const lines = [1, 2].map((item) => ({
    ...{ ...stream.seal({ payload: { ...line, text: { ...sealed, item } } }), stream: short },
    ...{ revision: BigInt(item - 1), position: String(item) as RecordedEvent['position'] },
  }));
  const kept = new StreamHistories({ readStream: async () => lines }, { open } as unknown as Vault);
  const openAll = async (): Promise<void> => {
    const { events } = await kept.read(short);
    await Promise.all(events.slice(0, lines.length).map((event) => event.opened()));
  };
  await openAll();
  await openAll();
  expect(open).toHaveBeenCalledTimes(2);
  kept.forget([{ subject, class: 'content', item: 2 }]);
  await openAll();
  expect(open).toHaveBeenCalledTimes(3);
  kept.forget([
    { subject, class: 'identity' },
    { subject: 'supportSession-2', class: 'content' },
  ]);
  await openAll();
  expect(open).toHaveBeenCalledTimes(3);
  kept.forget([{ subject, class: 'content' }]);
  await openAll();
  expect(open).toHaveBeenCalledTimes(5);
  kept.close();
});

it('what damage has changed is passed by, and reading goes on behind it', async () => {
  const [first, second, third] = past(short) as [RecordedEvent, RecordedEvent, RecordedEvent];
  const another = { ...line, authorId: 7, text: 'x' };
  const damaged = [
    { ...first, body: '{' },
    { ...second, ...new SealedStream(short).seal({ payload: another }) },
    third,
  ];
  const kept = new StreamHistories({ readStream: async () => damaged }, vault);
  const { events, last } = await kept.read(short);
  expect([events.map(({ revision }) => revision), last]).toEqual([[2], 2]);
  kept.close();
});
