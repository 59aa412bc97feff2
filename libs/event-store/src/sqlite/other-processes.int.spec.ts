import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SealedStream } from '../contract';
import type { EventStore } from '../event-store';
import { describeUnusable, openLogForWriting } from './log-schema';
import { LogVerifier } from './log-verifier';
import { openSqliteEventStore } from './sqlite-event-store';
import type { LogIncident } from './writer-client';
import { startWriter } from './writer-thread';

jest.setTimeout(60_000); // bounds a hang, measures nothing

describe('a log that another process writes', () => {
  let folder: string;
  let file: string;
  let store: EventStore;
  let other: DatabaseSync;
  let writer: Worker;
  let incidents: LogIncident[];
  let told: () => void;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-log-'));
    file = join(folder, 'log.db');
    [incidents, told] = [[], () => undefined];
    const onIncident = (incident: LogIncident): void => {
      incidents.push(incident);
      told();
    };
    store = await openSqliteEventStore({ file, onIncident }, (settings) => (writer = startWriter(settings)));
    other = new DatabaseSync(file, { timeout: 5000 });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    other.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const incident = async (kind: LogIncident['kind']): Promise<void> => {
    while (!incidents.some((one) => one.kind === kind)) await new Promise<void>((resolve) => (told = resolve));
  };

  it('refuses appends and says so, until it can be written again, though nobody appends', async () => {
    const stream = new SealedStream('queue-1');
    const event = stream.seal();
    other.exec('BEGIN IMMEDIATE');
    const refused = await store.append(stream.name, [event], 'noStream');
    expect(refused).toMatchObject({ ok: false, code: 'LOG_UNAVAILABLE' });
    const reason = 'The event log is locked by another process: database is locked.';
    expect(store.trouble()).toEqual({ code: 'LOG_UNAVAILABLE', sentence: reason });
    expect(await store.head()).toBeNull();
    other.exec('COMMIT');
    await incident('logFree');
    expect(store.trouble()).toBeNull();
    expect(incidents).toEqual([{ kind: 'logHindered', reason }, { kind: 'logFree' }]);
    expect(other.prepare('SELECT count(*) AS rows FROM meta').get()).toEqual({ rows: 0 });
    expect(await store.append(stream.name, [event], 'noStream')).toMatchObject({ ok: true, alreadyThere: false });
  });

  it('is not given up when the thread that writes dies meanwhile', async () => {
    const stream = new SealedStream('queue-1');
    await store.append(stream.name, [stream.seal()], 'noStream');
    other.exec('BEGIN IMMEDIATE');
    void writer.terminate();
    await incident('writerRestarted');
    other.exec('COMMIT');
    expect(await store.append(stream.name, [stream.seal()], 0n)).toMatchObject({ ok: true });
    expect(store.integrity().status).toBe('whole');
  });

  it('is closed all the same', async () => {
    const stream = new SealedStream('queue-1');
    await store.append(stream.name, [stream.seal()], 'noStream');
    other.exec('BEGIN IMMEDIATE');
    await store.close();
    expect(writer.threadId).toBe(-1);
  });
});

describe('a lock', () => {
  const locked = Object.assign(new Error('database is locked'), { errcode: 261 });
  afterEach(() => void jest.restoreAllMocks());

  it('is no damage', () => {
    const verifier = new LogVerifier(openLogForWriting(':memory:'));
    const all = jest.spyOn(StatementSync.prototype, 'all').mockImplementation(() => {
      throw locked;
    });
    expect(verifier.step(100)).toBe(true);
    expect(verifier.integrity.status).toBe('verifying');
    all.mockRestore();
    expect(verifier.step(100)).toBe(false);
    expect(verifier.integrity.status).toBe('whole');
  });

  it('makes no file one that is no log', () => {
    expect(describeUnusable('log.db', locked).code).toBe('LOG_IN_USE');
    expect(describeUnusable('log.db', new Error('no')).code).toBe('LOG_UNREADABLE');
  });
});
