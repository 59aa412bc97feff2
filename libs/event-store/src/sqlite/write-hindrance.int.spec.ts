import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LogTrouble } from '../event-store';
import { WriteHindrance } from './write-hindrance';

describe('what keeps a log from being written', () => {
  let folder: string;
  let path: string;
  let hindrance: WriteHindrance;
  let told: (string | null)[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-hindrance-'));
    path = join(folder, 'log.db');
    writeFileSync(path, '');
    told = [];
    const onChange = (trouble: LogTrouble | null): void => void told.push(trouble?.code ?? null);
    hindrance = new WriteHindrance({ watched: { path }, canWrite: () => true, onChange });
  });
  afterEach(() => {
    hindrance.close();
    rmSync(folder, { recursive: true });
  });

  it('is seen behind every write, however short the one before it was ago', () => {
    // Many times: one rename may take longer than a look holds.
    for (let time = 0; time < 50; time++) {
      expect(hindrance.lostBefore()).toBeNull();
      renameSync(path, `${path}-away`);
      expect(hindrance.lost()?.sentence).toMatch(
        /log\.db is gone; nothing is written until the very same file is back/,
      );
      renameSync(`${path}-away`, path);
      expect(hindrance.lost()).toBeNull();
    }
  });

  it('is told once, and once more when it is over', () => {
    const trouble: LogTrouble = { code: 'LOG_DISK_FULL', sentence: 'The disk is full.' };
    for (const met of [null, trouble, { ...trouble }, null, null]) hindrance.met(met);
    expect(told).toEqual(['LOG_DISK_FULL', null]);
  });
});
