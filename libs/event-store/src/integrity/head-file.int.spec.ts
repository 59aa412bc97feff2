import { linkSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HeadFile, readHead } from './head-file';

describe('the head that is kept beside a log', () => {
  let folder: string;
  let path: string;
  let head: HeadFile;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-head-'));
    path = join(folder, 'log.db-head');
    head = new HeadFile(path);
  });
  afterEach(() => {
    head.close();
    rmSync(folder, { recursive: true });
  });
  const known = (position: string) => ({ position, hash: Buffer.alloc(32, position) });

  it('is the newest one', () => {
    for (const position of ['1', '22', '3']) {
      head.write(known(position));
      expect(readHead(path)).toEqual(known(position));
    }
  });

  it('takes the place of an older file in one piece, whatever is in that', () => {
    const older = join(folder, 'older');
    writeFileSync(path, 'x'.repeat(500));
    linkSync(path, older);
    head.write(known('4'));
    expect(readHead(path)).toEqual(known('4'));
    expect(readFileSync(older, 'utf8')).toBe('x'.repeat(500));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('fails nobody where nothing can be written', () => {
    const nowhere = join(folder, 'gone', 'log.db-head');
    expect(() => new HeadFile(nowhere).write(known('5'))).not.toThrow();
    expect(readHead(nowhere)).toBeNull();
  });

  it('has room for the longest position of a server', () => {
    const longest = `${2n ** 63n}/${2n ** 63n}`;
    for (let times = 0; times < 2; times++) head.write({ ...known('6'), position: longest });
    expect(readHead(path)).toEqual({ ...known('6'), position: longest });
  });
});
