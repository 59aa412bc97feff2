import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SealedStream, Watcher } from '../contract';
import type { EventStore } from '../event-store';
import { openSqliteEventStore } from './sqlite-event-store';
import type { LogIncident } from './writer-client';
import { startWriter } from './writer-thread';

jest.setTimeout(60_000); // bounds a hang, measures nothing

describe('a log that somebody else has found damaged', () => {
  let folder: string;
  let store: EventStore;
  let writer: Worker;
  let incidents: LogIncident[];
  let told: () => void;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-distrust-'));
    [incidents, told] = [[], () => undefined];
    const onIncident = (incident: LogIncident): void => {
      incidents.push(incident);
      told();
    };
    const file = join(folder, 'log.db');
    store = await openSqliteEventStore({ file, onIncident }, (settings) => (writer = startWriter(settings)));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const incident = async (kind: LogIncident['kind']): Promise<void> => {
    while (!incidents.some((one) => one.kind === kind)) await new Promise<void>((resolve) => (told = resolve));
  };
  const damaged = { status: 'damaged', place: null, reason: 'It lacks what was signed.' };

  it('has what was acknowledged and nothing that was refused, and so have its subscribers', async () => {
    const watcher = new Watcher(store);
    const streams = Array.from({ length: 40 }, (_, at) => new SealedStream(`queue-${at}`));
    // Some of them are on their way to the thread by now, and some are not.
    const appends = streams.map(async (stream) => {
      const event = stream.seal();
      return { id: event.id, result: await store.append(stream.name, [event], 'noStream') };
    });
    store.distrust(damaged.reason);
    const answers = await Promise.all(appends);
    const refused = answers.filter(({ result }) => !result.ok);
    for (const { result } of refused) expect(result).toMatchObject({ code: 'LOG_READ_ONLY', reason: damaged.reason });
    const acknowledged = answers.filter(({ result }) => result.ok).map(({ id }) => id);
    expect([acknowledged.length > 0, refused.length > 0]).toEqual([true, true]);
    const { events } = await store.readAll({ after: null });
    expect(events.map(({ id }) => id)).toEqual(acknowledged);
    await watcher.hasEvents(acknowledged.length);
    await watcher.stop();
    expect(watcher.events).toEqual(events);
    const late = new SealedStream('queue-late');
    expect(await store.append(late.name, [late.seal()], 'noStream')).toMatchObject({ code: 'LOG_READ_ONLY' });
  });

  it('stays so when the thread that writes it is another one', async () => {
    store.distrust(damaged.reason);
    void writer.terminate();
    const stream = new SealedStream('queue-1');
    await incident('writerRestarted');
    expect(store.integrity()).toEqual(damaged);
    expect(await store.append(stream.name, [stream.seal()], 'noStream')).toMatchObject({ code: 'LOG_READ_ONLY' });
    expect(await store.head()).toBeNull();
  });
});
