import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SealedStream, Watcher } from '../contract';
import type { EventStore } from '../event-store';
import { describeUnusable, openLogForWriting } from './log-schema';
import { LogVerifier } from './log-verifier';
import { openSqliteEventStore } from './sqlite-event-store';
import { openSqliteLogReader } from './sqlite-log-reader';
import { doubtAbout } from './start-check';

jest.setTimeout(60_000); // bounds a hang, measures nothing

/** As SQLite says it: https://www.sqlite.org/rescode.html. */
const trouble = (errcode: number): Error => Object.assign(new Error(`trouble ${errcode}`), { errcode });
/** SQLITE_NOMEM, SQLITE_IOERR_READ, SQLITE_CANTOPEN, SQLITE_PROTOCOL. */
const passing = [7, 266, 14, 15].map(trouble);
/** As Node says it of a file that was closed. */
const closed = Object.assign(new Error('database is not open'), { code: 'ERR_INVALID_STATE' });
const damaged = [11, 26].map(trouble);

/** What every statement of this thread meets from now on. */
function meet(error: Error): void {
  for (const method of ['all', 'get'] as const)
    jest.spyOn(StatementSync.prototype, method).mockImplementation(() => {
      throw error;
    });
}
afterEach(() => void jest.restoreAllMocks());

describe('trouble with the disk or the memory', () => {
  let folder: string;
  let file: string;
  let store: EventStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-passing-'));
    file = join(folder, 'log.db');
    store = await openSqliteEventStore({ file });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const stream = (): SealedStream => new SealedStream('queue-1');
  const append = async (): Promise<boolean> => (await store.append(stream().name, [stream().seal()], 'noStream')).ok;

  it('is told to whoever reads, ends no subscription and is no damage', async () => {
    expect(await append()).toBe(true);
    const reader = await openSqliteLogReader({ file });
    let watcher: Watcher | undefined;
    // Too many readers at the same moment are waited for, as a lock is.
    for (const error of passing.filter(({ message }) => message !== 'trouble 15')) {
      meet(error);
      watcher ??= new Watcher(reader);
      await expect(store.readAll({ after: null })).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    }
    meet(closed);
    await expect(store.readAll({ after: null })).rejects.toBe(closed);
    jest.restoreAllMocks();
    expect(store.integrity().status).toBe('whole');
    await watcher?.hasEvents(1);
    await watcher?.stop();
    await reader.close();
  });

  it('is told from damage', async () => {
    meet(damaged[0] as Error);
    await store.readAll({ after: null }).catch(() => undefined);
    jest.restoreAllMocks();
    expect(store.integrity().status).toBe('damaged');
    expect(await append()).toBe(false);
  });

  it('is told from a name that is gone', async () => {
    expect(await append()).toBe(true);
    await store.close();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA foreign_keys = OFF; DELETE FROM type');
    db.close();
    store = await openSqliteEventStore({ file, verifyAgain: false });
    expect(await store.readStream(stream().name)).toEqual([]);
    expect(store.integrity().status).toBe('damaged');
  });
});

describe('trouble with the disk or the memory at the start', () => {
  it('says nothing of the log', () => {
    const db = openLogForWriting(':memory:');
    const verifier = new LogVerifier(db);
    for (const error of [...passing, closed]) {
      meet(error);
      expect(() => doubtAbout(db, null)).toThrow(error);
      expect(() => verifier.step(1)).toThrow(error);
      expect(verifier.integrity.status).toBe('verifying');
    }
    for (const error of damaged) {
      meet(error);
      expect(doubtAbout(db, null)).toMatchObject({ isCertain: true });
    }
    jest.restoreAllMocks();
    // A head of a log on a server, or of nowhere: no trouble, but another log.
    for (const position of ['5/5', '9'.repeat(30)])
      expect(doubtAbout(db, { position, hash: new Uint8Array(32) })).toMatchObject({ isCertain: false });
    db.close();
  });

  it('is what a log is opened again for', () => {
    const codes = (errors: readonly Error[]): string[] => errors.map((error) => describeUnusable('log.db', error).code);
    expect(new Set(codes(passing))).toEqual(new Set(['LOG_UNAVAILABLE']));
    expect(new Set(codes(damaged))).toEqual(new Set(['LOG_UNREADABLE']));
  });
});
