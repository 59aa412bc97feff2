import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SealedStream } from '../contract';
import { seededRandom } from '../contract/random';
import { Watcher } from '../contract/watcher';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  RecordedEvent,
  SealedEvent,
  StreamName,
} from '../event-store';
import { verifyChain } from '../seal';
import { openSqliteEventStore } from './sqlite-event-store';
import type { LogIncident } from './writer-client';
import { startWriter } from './writer-thread';
import type { StartWriter } from './writer-thread';

jest.setTimeout(60_000); // a busy machine is slow; this bounds a hang

let folder: string;
let file: string;
let store: EventStore;
let writers: Worker[];
let incidents: LogIncident[];
let told: (() => void)[];

const keep: StartWriter = (settings) => {
  const worker = startWriter(settings);
  writers.push(worker);
  return worker;
};
const open = async (start: StartWriter = keep): Promise<EventStore> =>
  openSqliteEventStore(
    {
      file,
      onIncident: (incident) => {
        incidents.push(incident);
        for (const look of told.splice(0)) look();
      },
    },
    start,
  );
const incident = async (kind: LogIncident['kind'], times = 1): Promise<void> => {
  while (incidents.filter((one) => one.kind === kind).length < times)
    await new Promise<void>((resolve) => told.push(resolve));
};
const current = (): Worker => writers.at(-1) as Worker;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-writer-'));
  file = join(folder, 'log.db');
  [writers, incidents, told] = [[], [], []];
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** As the command path does: an append whose outcome is unknown is sent again with the same bytes. */
async function appendSurely(
  stream: StreamName,
  events: readonly SealedEvent[],
  expected: ExpectedRevision,
): Promise<AppendResult> {
  for (;;) {
    const result = await store.append(stream, events, expected).catch(() => null);
    if (result !== null && (result.ok || result.code !== 'LOG_UNAVAILABLE')) return result;
    await nextTurn();
  }
}

const ids = (events: readonly Pick<SealedEvent, 'id'>[]): string[] => events.map(({ id }) => id);

describe('a writer thread that dies under load', () => {
  it('loses and doubles nothing that was acknowledged, and subscribers see each event once, in order', async () => {
    store = await open();
    const random = seededRandom(20);
    const watcher = new Watcher(store);
    const narrow = new Watcher(store, { onEvents: async () => void (await nextTurn()) });
    const heads: string[] = [];
    store.onCommitted((head) => heads.push(head));
    const acknowledged: string[] = [];
    let rounds = 0;
    let wake: () => void = () => undefined;
    const client = async (name: string): Promise<void> => {
      const stream = new SealedStream(name);
      while (rounds < 20) {
        const before = stream.revision;
        const events = stream.sealMany(1 + Math.floor(random() * 3));
        const result = await appendSurely(stream.name, events, before < 0n ? 'noStream' : before);
        expect(result).toMatchObject({ ok: true, lastRevision: stream.revision });
        acknowledged.push(...ids(events));
        wake();
      }
    };
    const killer = async (): Promise<void> => {
      while (rounds < 20) {
        const enough = acknowledged.length + 1 + Math.floor(random() * 60);
        while (acknowledged.length < enough) await new Promise<void>((resolve) => (wake = resolve));
        await current().terminate();
        rounds += 1;
        await incident('writerLost', rounds);
      }
    };
    await Promise.all([...Array.from({ length: 12 }, (_, n) => client(`queue-${n}`)), killer()]);

    const all = (await store.readAll({ after: null, maxCount: 1_000_000 })).events;
    await watcher.hasEvents(all.length);
    await narrow.hasEvents(all.length);
    await watcher.stop();
    await narrow.stop();
    expect(new Set(ids(all)).size).toBe(all.length);
    expect(ids(all).sort()).toEqual([...acknowledged].sort());
    for (const seen of [watcher.events, narrow.events]) expect(ids(seen)).toEqual(ids(all));
    expect(heads.map(Number)).toEqual([...new Set(heads.map(Number))].sort((a, b) => a - b));
    for (const events of Map.groupBy(all, ({ stream }) => stream).values())
      expect(verifyChain(events as RecordedEvent[]).whole).toBe(true);
    expect(store.integrity().status).not.toBe('damaged');
    expect(store.trouble()).toBeNull();
  });

  it('tells subscribers of what it committed and could not acknowledge', async () => {
    // Dies between the commit and the word of it: nothing that it says from then on arrives.
    let isSilent = false;
    store = await open((settings) => {
      const worker = keep(settings);
      const emit = worker.emit.bind(worker);
      if (writers.length === 1)
        worker.emit = (event: string, ...values: unknown[]) => {
          if (event !== 'message' || !isSilent) return emit(event, ...values);
          void worker.terminate();
          return true;
        };
      return worker;
    });
    const watcher = new Watcher(store);
    const heads: string[] = [];
    store.onCommitted((head) => heads.push(head));
    const [first, second] = [new SealedStream('queue-1'), new SealedStream('queue-2')];
    await store.append(first.name, [first.seal()], 'noStream');
    isSilent = true;
    const event = second.seal();
    await expect(store.append(second.name, [event], 'noStream')).rejects.toThrow('unknown');
    expect(store.trouble()).toMatchObject({ code: 'LOG_UNAVAILABLE' });
    await watcher.hasEvents(2);
    expect(heads).toEqual(['1', '2']);
    expect(await store.append(second.name, [event], 'noStream')).toMatchObject({ ok: true, alreadyThere: true });
    expect(await store.append(first.name, [first.seal()], 0n)).toMatchObject({ ok: true, position: '3' });
    await watcher.hasEvents(3);
    await watcher.stop();
    expect(watcher.events.map(({ position }) => position)).toEqual(['1', '2', '3']);
  });

  it.each([
    ['an exception', (worker: Worker) => worker.postMessage('nonsense')],
    ['a kill', (worker: Worker) => void worker.terminate()],
  ])('by %s is started again, verified, with the lock its own, and told of', async (_, kill) => {
    store = await open();
    const stream = new SealedStream('queue-1');
    await store.append(stream.name, [stream.seal()], 'noStream');
    kill(current());
    await incident('writerLost');
    // Given while no thread writes: it waits for the next one.
    const waiting = store.append(stream.name, [stream.seal()], 0n);
    expect(store.trouble()?.sentence).toContain('started again');
    expect(await waiting).toMatchObject({ ok: true, position: '2' });
    expect(store.trouble()).toBeNull();
    expect(store.integrity()).toMatchObject({ status: 'whole' });
    expect(incidents.map(({ kind }) => kind)).toEqual(['writerLost', 'writerRestarted']);
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({ code: 'LOG_IN_USE' });
  });
});

describe('a writer thread that cannot be started again', () => {
  it('says LOG_UNAVAILABLE at once to all that come, and tries later and later', async () => {
    let starts = 0;
    store = await open((settings) => {
      const worker = keep(settings);
      starts += 1;
      // All but the first and the fourth die before they answer.
      if (starts === 2 || starts === 3) void worker.terminate();
      return worker;
    });
    const stream = new SealedStream('queue-1');
    void current().terminate();
    await incident('writerLost', 2);
    const event = stream.seal();
    expect(await store.append(stream.name, [event], 'noStream')).toMatchObject({ ok: false, code: 'LOG_UNAVAILABLE' });
    expect(store.trouble()).not.toBeNull();
    await incident('writerRestarted');
    expect(starts).toBe(4);
    expect(await store.append(stream.name, [event], 'noStream')).toMatchObject({ ok: true, alreadyThere: false });
  });

  it('because the file is no log any more is given up: read-only, and no loop', async () => {
    store = await open((settings) => {
      if (writers.length === 1) {
        for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
        // The very same file, written over: another one in its place would be waited for.
        writeFileSync(file, 'not a database, but long enough to look at. '.repeat(400));
      }
      return keep(settings);
    });
    void current().terminate();
    await incident('writerGivenUp');
    const stream = new SealedStream('queue-1');
    expect(await store.append(stream.name, [stream.seal()], 'noStream')).toMatchObject({ code: 'LOG_READ_ONLY' });
    expect(store.integrity()).toMatchObject({ status: 'damaged', reason: store.trouble()?.sentence });
    expect(store.trouble()?.sentence).toContain('cannot be used');
    expect(writers).toHaveLength(2);
  });

  it('is not waited for by a close', async () => {
    store = await open((settings) => {
      const worker = keep(settings);
      if (writers.length > 1) void worker.terminate();
      return worker;
    });
    void current().terminate();
    await incident('writerLost', 2);
    await store.close();
    const started = writers.length;
    await nextTurn();
    expect(writers).toHaveLength(started);
  });

  it('is not left behind by a close while another one is being started', async () => {
    let another: () => void = () => undefined;
    const isStarting = new Promise<void>((resolve) => (another = resolve));
    store = await open((settings) => {
      if (writers.length === 1) another();
      return keep(settings);
    });
    const stream = new SealedStream('queue-1');
    void current().terminate();
    await isStarting;
    const waiting = store.append(stream.name, [stream.seal()], 'noStream');
    await store.close();
    expect(await waiting).toMatchObject({ ok: true });
    // What a thread is called that has ended.
    expect(writers.map(({ threadId }) => threadId)).toEqual([-1, -1]);
  });
});
