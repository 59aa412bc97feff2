import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseLocked, whenFree } from './when-free';

describe('whenFree', () => {
  let folder: string;
  let holder: DatabaseSync;
  let waiting: DatabaseSync;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-sqlite-'));
    const file = join(folder, 'some.db');
    holder = new DatabaseSync(file);
    holder.exec('CREATE TABLE line (text TEXT); BEGIN EXCLUSIVE');
    waiting = new DatabaseSync(file, { timeout: 0 });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    for (const db of [holder, waiting]) db.close();
    rmSync(folder, { recursive: true });
  });
  const lines = (): unknown => waiting.prepare('SELECT count(*) AS lines FROM line').get()?.['lines'];

  it('waits for the lock without holding the thread', async () => {
    let isOver = false;
    const read = whenFree(lines).finally(() => (isOver = true));
    for (let turn = 0; turn < 1000; turn++) await nextTurn();
    expect(isOver).toBe(false);
    holder.exec(`INSERT INTO line VALUES ('one'); COMMIT`);
    expect(await read).toBe(1);
  });

  it('ends when its patience does, and at once when it is told to', async () => {
    await expect(whenFree(lines, { ms: 30 })).rejects.toBeInstanceOf(DatabaseLocked);
    const end = new AbortController();
    const read = whenFree(lines, { ms: 600_000, signal: end.signal });
    end.abort();
    await expect(read).rejects.toBeInstanceOf(DatabaseLocked);
  });

  it('counts its patience by the clock, however few tries a busy machine gets in that time', async () => {
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
    const work = jest.fn(lines);
    await expect(whenFree(work, { ms: 5000 })).rejects.toBeInstanceOf(DatabaseLocked);
    expect(work).toHaveBeenCalledTimes(5);
  });

  it('tries once more when the time was up before it came to try again', async () => {
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const work = jest.fn(() => {
      if (now === 0) {
        now = 60_000;
        return lines();
      }
      holder.exec('ROLLBACK');
      return lines();
    });
    expect(await whenFree(work)).toBe(0);
  });

  it('throws at once what is no lock', async () => {
    await expect(whenFree(() => waiting.exec('no SQL'))).rejects.toThrow('syntax error');
  });
});
