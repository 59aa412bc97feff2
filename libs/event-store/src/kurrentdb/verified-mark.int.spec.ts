import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '../event-store';
import { VerifiedMark } from './verified-mark';

describe('how far a log was checked', () => {
  let folder: string;
  let file: string;
  let told: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-mark-'));
    file = join(folder, 'log-verified');
    told = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const mark = (): VerifiedMark => new VerifiedMark(file, (sentence) => void told.push(sentence));

  it('is remembered, and nothing at first', () => {
    expect(mark().load()).toBeNull();
    mark().save('7/5' as Position);
    expect([mark().load(), told]).toEqual(['7/5', []]);
  });

  it.each([
    ['is empty', () => writeFileSync(file, '')],
    ['is damaged', () => writeFileSync(file, '7/')],
    ['is a folder', () => mkdirSync(file)],
  ])('is checked again when the file %s, which is named and made anew', (how, damage) => {
    damage();
    expect(mark().load()).toBeNull();
    expect(told).toEqual([expect.stringContaining(`log-verified ${how}: it is made anew`)]);
    mark().save('7/5' as Position);
    expect([mark().load(), told.length]).toEqual(['7/5', 1]);
  });
});
