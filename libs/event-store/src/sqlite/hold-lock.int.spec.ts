import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { holdLock } from './hold-lock';

describe('the lock of a log', () => {
  let file: string;
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'deskside-lock-')), 'log.db-lock');
  });
  afterEach(() => rmSync(join(file, '..'), { recursive: true }));
  const hold = (): ReturnType<typeof holdLock> => holdLock(file, 'The log is in use.');

  it('is held by one', () => {
    const first = hold();
    expect(hold).toThrow(expect.objectContaining({ code: 'LOG_IN_USE', message: 'The log is in use.' }));
    first.close();
    hold().close();
  });

  it.each([
    ['short', 'garbage'],
    ['long', 'garbage'.repeat(1000)],
  ])('of garbage says what to do: %s', (_, garbage) => {
    writeFileSync(file, garbage);
    expect(hold).toThrow(`The lock file ${file} is damaged: remove it and start again.`);
    rmSync(file);
    hold().close();
  });

  it('that cannot be made says why', () => {
    mkdirSync(file);
    expect(hold).toThrow(/^The lock file .*log\.db-lock cannot be used: .*unable to open database file\.$/);
  });
});
