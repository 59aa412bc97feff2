import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findHead } from './audited-log';

describe('the file that names the last event of a log', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-head-'));
    file = join(folder, 'log.db-head');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is missing where there is none', () => expect(findHead(file)).toEqual({ status: 'missing', head: null }));

  it.each(['', '{', '{"position":"7"}'])('is damaged when it says %j', (text) => {
    writeFileSync(file, text);
    expect(findHead(file)).toEqual({ status: 'damaged', head: null });
  });

  it('names an event otherwise', () => {
    writeFileSync(file, JSON.stringify({ position: '7', hash: '00'.repeat(32) }));
    expect(findHead(file)).toEqual({ status: 'named', head: { position: '7', hash: Buffer.alloc(32) } });
  });

  it('is not called damaged when it cannot be read', () => {
    mkdirSync(file);
    expect(() => findHead(file)).toThrow(/EISDIR/);
  });
});
