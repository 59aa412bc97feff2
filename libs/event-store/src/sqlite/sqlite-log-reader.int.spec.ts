import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SealedStream, Watcher } from '../contract';
import { openSqliteEventStore } from './sqlite-event-store';
import type { EventStore } from '../event-store';
import { openSqliteLogReader } from './sqlite-log-reader';

jest.setTimeout(60_000); // a busy disk is slow; this bounds a hang

let folder: string;
let file: string;
let store: EventStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-reader-'));
  file = join(folder, 'log.db');
  store = await openSqliteEventStore({ file });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('openSqliteLogReader', () => {
  it('delivers what is appended when it is woken with the head, and nothing twice', async () => {
    const reader = await openSqliteLogReader({ file });
    const stop = store.onCommitted((head) => reader.wake(head));
    const watcher = new Watcher(reader);
    await watcher.hasCaughtUp(1);
    const streams = Array.from({ length: 20 }, (_, at) => new SealedStream(`queue-${at}`));
    for (let round = 0; round < 10; round++) {
      await Promise.all(streams.map((stream) => store.append(stream.name, [stream.seal()], 'any')));
    }
    await watcher.hasEvents(200);
    const { events } = await store.readAll({ after: null });
    expect(watcher.events).toEqual(events);
    stop();
    await watcher.stop();
    await reader.close();
  });

  it('does not look by itself: without a wake it stands still, an older head changes nothing', async () => {
    const reader = await openSqliteLogReader({ file });
    const watcher = new Watcher(reader);
    await watcher.hasCaughtUp(1);
    const stream = new SealedStream('queue-1');
    const first = await store.append(stream.name, [stream.seal()], 'noStream');
    if (!first.ok) throw new Error('the append was refused');
    expect(watcher.events).toHaveLength(0);
    reader.wake(first.position);
    await watcher.hasEvents(1);
    reader.wake(first.position);
    await watcher.stop();
    expect(watcher.events).toHaveLength(1);
    expect(watcher.caughtUp).toEqual([null, first.position]);
    await reader.close();
  });

  it('reads what is durable while the store writes, and cannot write', async () => {
    const reader = await openSqliteLogReader({ file });
    const stream = new SealedStream('queue-1');
    for (let at = 0; at < 20; at++) {
      const result = await store.append(stream.name, [stream.seal()], 'any');
      expect(await reader.head()).toBe(result.ok ? result.position : 'refused');
    }
    expect(await reader.readStream(stream.name)).toEqual(await store.readStream(stream.name));
    await reader.close();
  });

  it('ends its subscriptions when it closes', async () => {
    const reader = await openSqliteLogReader({ file });
    const watcher = new Watcher(reader);
    await watcher.hasCaughtUp(1);
    await reader.close();
    await watcher.ended;
    expect(watcher.signal.aborted).toBe(false);
  });

  it('says in one sentence that there is no log', async () => {
    await expect(openSqliteLogReader({ file: join(folder, 'none.db') })).rejects.toThrow(
      /^The event log .* cannot be used/,
    );
  });
});

describe('a log whose file another process has locked', () => {
  /** SQLite's own answer, until `free` is called. */
  function lock(): { free: () => void; readonly refused: number } {
    const all = StatementSync.prototype.all;
    const state = { isLocked: true, refused: 0, free: () => void (state.isLocked = false) };
    jest.spyOn(StatementSync.prototype, 'all').mockImplementation(function (this: StatementSync, ...values) {
      if (!state.isLocked) return all.apply(this, values as never);
      state.refused += 1;
      throw Object.assign(new Error('database is locked'), { errcode: 5 });
    });
    return state;
  }
  afterEach(() => void jest.restoreAllMocks());

  it('is read and followed as soon as it can be, and the thread is free until then', async () => {
    const stream = new SealedStream('queue-1');
    await store.append(stream.name, stream.sealMany(3), 'noStream');
    const reader = await openSqliteLogReader({ file });
    const locked = lock();
    const watcher = new Watcher(reader);
    let settled = 0;
    const reads = [reader.readStream(stream.name), reader.readAll({ after: null }), reader.head()].map((read) =>
      read.finally(() => (settled += 1)),
    );
    while (locked.refused < 12) await nextTurn();
    expect([settled, watcher.events.length]).toEqual([0, 0]);
    locked.free();
    const [events] = await Promise.all(reads);
    expect(events).toHaveLength(3);
    await watcher.hasEvents(3);
    await watcher.stop();
    await reader.close();
  });

  it('says in the end that it cannot be read; a subscription waits on, and ends when the reader is closed', async () => {
    const reader = await openSqliteLogReader({ file });
    const locked = lock();
    const watcher = new Watcher(reader);
    await expect(reader.head()).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    expect(watcher.events).toEqual([]);
    await reader.close();
    await watcher.ended;
    locked.free();
  });
});

describe('a subscriber of the store that falls behind', () => {
  it('reads the file until it keeps up again, without a gap or a repeat', async () => {
    const watched: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const watcher = new Watcher(store, {
      onEvents: async (events) => {
        watched.push(...events.map(({ id }) => id));
        await held;
      },
    });
    await watcher.hasCaughtUp(1);
    const stream = new SealedStream('queue-1');
    // More than the memory keeps, so that the held subscriber must go to the file.
    for (let round = 0; round < 24; round++) await store.append(stream.name, stream.sealMany(500), 'any');
    release();
    await watcher.hasEvents(12_000);
    await watcher.stop();
    const ids = (await store.readStream(stream.name)).map(({ id }) => id);
    expect(watched).toEqual(ids);
  });
});
