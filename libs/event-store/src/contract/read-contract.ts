import { getEventListeners } from 'node:events';
import { expect, it } from '@jest/globals';
import type { EventStore, Position, RecordedEvent } from '../event-store';
import type { Current } from './append-contract';
import { readEverything } from './append-contract';
import { seededRandom } from './random';
import { SealedStream } from './sealed-stream';
import { Watcher } from './watcher';

const TYPES = ['ChatMessageSent', 'NoteSaved', 'CameraStarted'] as const;

/** Appends `count` events of alternating types to two streams; gives them as the store records them. */
async function fill(store: EventStore, count: number): Promise<readonly RecordedEvent[]> {
  const streams = [new SealedStream(`fill-a-${count}`), new SealedStream(`fill-b-${count}`)];
  for (let at = 0; at < count; at++) {
    const stream = streams[at % 2] ?? new SealedStream('none');
    await store.append(stream.name, [stream.seal({ type: TYPES[at % 3] ?? 'none' })], 'any');
  }
  return readEverything(store);
}

const ids = (events: readonly RecordedEvent[]): string[] => events.map(({ id }) => id);

export function readContract(current: Current): void {
  it('reads a stream forwards, backwards and in parts', async () => {
    const { store } = current();
    const stream = new SealedStream('queue-1');
    const events = stream.sealMany(5);
    await store.append(stream.name, events, 'noStream');
    const revisions = async (options?: Parameters<EventStore['readStream']>[1]): Promise<bigint[]> =>
      (await store.readStream(stream.name, options)).map(({ revision }) => revision);
    expect(await revisions()).toEqual([0n, 1n, 2n, 3n, 4n]);
    expect(await revisions({ from: 2n, maxCount: 2 })).toEqual([2n, 3n]);
    expect(await revisions({ direction: 'backwards', maxCount: 2 })).toEqual([4n, 3n]);
    expect(await revisions({ direction: 'backwards', from: 1n })).toEqual([1n, 0n]);
    expect(await revisions({ from: 5n })).toEqual([]);
    expect(await store.readStream(new SealedStream('queue-2').name)).toEqual([]);
  });

  it('an empty log has no head, no events and is caught up at null', async () => {
    const { store } = current();
    expect(await store.head()).toBeNull();
    expect(await store.readAll({ after: null })).toEqual({ events: [], position: null });
    const watcher = new Watcher(store);
    await watcher.hasCaughtUp(1);
    expect(watcher.caughtUp).toEqual([null]);
    await watcher.stop();
  });

  it('$all is in the order of the appends, and head is its last position', async () => {
    const { store } = current();
    const answered: Position[] = [];
    for (let at = 0; at < 20; at++) {
      const stream = new SealedStream(`queue-${at % 7}-${at}`);
      const result = await store.append(stream.name, stream.sealMany(2), 'noStream');
      if (result.ok) answered.push(result.position);
    }
    const all = await readEverything(store);
    expect(all).toHaveLength(40);
    expect(all.filter((_, at) => at % 2 === 1).map(({ position }) => position)).toEqual(answered);
    expect(await store.head()).toBe(answered.at(-1));
    for (let at = 1; at < all.length; at++) {
      expect(store.comparePositions(all[at - 1]?.position as Position, all[at]?.position as Position)).toBeLessThan(0);
    }
  });

  it('reads on from any position, without and with a filter, and neither skips nor repeats', async () => {
    const { store } = current();
    const all = await fill(store, 60);
    for (const types of [undefined, ['NoteSaved'], ['NoteSaved', 'CameraStarted'], ['Unheard']]) {
      const wanted = all.filter(({ type }) => types === undefined || types.includes(type));
      for (let at = 0; at < all.length; at += 7) {
        const after = all[at]?.position as Position;
        const rest = wanted.filter(({ position }) => store.comparePositions(position, after) > 0);
        const page = await store.readAll({ after, maxCount: 1000, ...(types && { types }) });
        expect(ids(page.events)).toEqual(ids(rest));
        expect(page.position).toBe(all.at(-1)?.position);
      }
      expect(ids(await readEverything(store, types))).toEqual(ids(wanted));
    }
  });

  it('a subscription gives history and then what is appended, once and in order', async () => {
    const { store } = current();
    const history = await fill(store, 40);
    const watcher = new Watcher(store);
    await watcher.hasCaughtUp(1);
    expect(ids(watcher.events)).toEqual(ids(history));
    const all = await fill(store, 30);
    await watcher.hasEvents(all.length);
    expect(watcher.events).toEqual(all);
    await watcher.stop();
  });

  it('subscriptions that resume at random places under load neither skip nor repeat, also under a filter', async () => {
    const { store } = current();
    await fill(store, 50);
    const random = seededRandom(7);
    const streams = Array.from({ length: 8 }, (_, at) => new SealedStream(`load-${at}`));
    const load = Promise.all(
      streams.map(async (stream) => {
        for (let at = 0; at < 150; at++) {
          await store.append(stream.name, [stream.seal({ type: TYPES[at % 3] ?? 'none' })], 'any');
        }
      }),
    );
    const filters = [undefined, ['NoteSaved']] as const;
    const readers = filters.map((types) => readInPieces(store, { total: 1250, types, random }));
    const [everything, notes] = await Promise.all(readers);
    await load;
    const all = await readEverything(store);
    expect(ids(everything ?? [])).toEqual(ids(all));
    expect(ids(notes ?? [])).toEqual(ids(all.filter(({ type }) => type === 'NoteSaved')));
  });

  it('caught up is said once each time the end is reached, with a position that covers filtered events', async () => {
    const { store } = current();
    const all = await fill(store, 10);
    const watcher = new Watcher(store, { types: ['Unheard'] });
    await watcher.hasCaughtUp(1);
    expect(watcher.caughtUp).toEqual([all.at(-1)?.position]);
    const late = new Watcher(store, { after: all.at(-1)?.position as Position });
    await late.hasCaughtUp(1);
    const stream = new SealedStream('after');
    await store.append(stream.name, stream.sealMany(3), 'noStream');
    await late.hasEvents(3);
    await Promise.all([watcher.stop(), late.stop()]);
    for (const { caughtUp } of [watcher, late]) {
      expect(new Set(caughtUp).size).toBe(caughtUp.length);
      expect(caughtUp.length).toBeLessThanOrEqual(2);
    }
    expect(watcher.events).toEqual([]);
  });

  it('the next batch waits until the one before is done with', async () => {
    const { store } = current();
    await fill(store, 20);
    let inside = 0;
    let overlapped = false;
    const watcher = new Watcher(store, {
      onEvents: async () => {
        overlapped ||= inside > 0;
        inside++;
        await store.head();
        inside--;
      },
    });
    await watcher.hasCaughtUp(1);
    const all = await fill(store, 30);
    await watcher.hasEvents(all.length);
    expect(overlapped).toBe(false);
    await watcher.stop();
  });

  it('a subscription ends with the error of its consumer', async () => {
    const { store } = current();
    await fill(store, 3);
    const abort = new AbortController();
    const failing = store.subscribeAll({
      after: null,
      signal: abort.signal,
      onEvents: () => Promise.reject(new Error('cannot go on')),
    });
    await expect(failing).rejects.toThrow('cannot go on');
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
  });

  it('an abort ends the subscription, also before it began, and frees what it held', async () => {
    const { store } = current();
    await fill(store, 3);
    await store.subscribeAll({ after: null, signal: AbortSignal.abort(), onEvents: () => expect(false).toBe(true) });
    const watcher = new Watcher(store);
    await watcher.hasCaughtUp(1);
    await watcher.stop();
    expect(getEventListeners(watcher.signal, 'abort')).toHaveLength(0);
    const stream = new SealedStream('after');
    await store.append(stream.name, [stream.seal()], 'noStream');
    expect(watcher.events).toHaveLength(3);
  });

  it('closing the store ends its subscriptions and leaves everything acknowledged', async () => {
    const { store, reopen } = current();
    const watcher = new Watcher(store);
    const streams = Array.from({ length: 30 }, (_, at) => new SealedStream(`closing-${at}`));
    const appends = streams.map((stream) => store.append(stream.name, [stream.seal()], 'noStream'));
    const opened = await reopen();
    expect((await Promise.all(appends)).every(({ ok }) => ok)).toBe(true);
    await watcher.ended;
    expect(await readEverything(opened)).toHaveLength(30);
    await expect(store.append(streams[0]?.name as never, [], 'any')).rejects.toThrow('closed');
  });

  it('a dropped connection delivers no gap and no duplicate', async () => {
    const { store, breakConnection } = current();
    const watcher = new Watcher(store);
    await fill(store, 20);
    await breakConnection?.();
    const all = await fill(store, 25);
    await watcher.hasEvents(all.length);
    expect(ids(watcher.events)).toEqual(ids(all));
    await watcher.stop();
  });
}

interface Pieces {
  readonly total: number;
  readonly types: readonly string[] | undefined;
  readonly random: () => number;
}

/** Reads the whole log by subscriptions that are aborted after a random number of events and resumed where they stood. */
async function readInPieces(store: EventStore, { total, types, random }: Pieces): Promise<RecordedEvent[]> {
  const wanted = types ? undefined : total;
  const read: RecordedEvent[] = [];
  let after: Position | null = null;
  for (let done = false; !done;) {
    const abort = new AbortController();
    const piece = 1 + Math.floor(random() * 120);
    const from = read.length;
    await store.subscribeAll({
      after,
      signal: abort.signal,
      ...(types && { types }),
      onEvents: (events) => {
        read.push(...events);
        after = events.at(-1)?.position ?? after;
        if (read.length - from >= piece || read.length === wanted) abort.abort();
      },
      onCaughtUp: async (position) => {
        done = (await countUpTo(store, position)) >= total;
        if (done) abort.abort();
      },
    });
    done ||= read.length === wanted;
  }
  return read;
}

async function countUpTo(store: EventStore, position: Position | null): Promise<number> {
  const all = await readEverything(store);
  return all.filter((event) => position !== null && store.comparePositions(event.position, position) <= 0).length;
}
