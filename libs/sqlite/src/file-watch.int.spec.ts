import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileWatch, identityOf } from './file-watch';

describe('FileWatch', () => {
  let folder: string;
  let file: string;
  let db: DatabaseSync;
  let watch: FileWatch;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-watch-'));
    file = join(folder, 'some.db');
    db = new DatabaseSync(file);
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE line (text TEXT)');
    watch = new FileWatch({ path: file });
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  it.each(['some.db', 'some.db-wal'])('tells that %s is gone until the very same file is back', (name) => {
    const path = join(folder, name);
    db.exec(`INSERT INTO line VALUES ('one')`);
    expect(watch.lost()).toBeNull();
    renameSync(path, join(folder, 'away'));
    expect(watch.lost()).toBe(`its file ${path} is gone; nothing is written until the very same file is back`);
    expect(readdirSync(folder)).not.toContain(name);
    copyFileSync(join(folder, 'away'), path);
    expect(watch.lost()).toMatch(`another file has taken the place of ${path}`);
    unlinkSync(path);
    renameSync(join(folder, 'away'), path);
    expect(watch.lost()).toBeNull();
  });

  it('tells a folder, and a path that cannot be looked at, from the file', () => {
    renameSync(file, join(folder, 'away'));
    mkdirSync(file);
    expect(watch.lost()).toMatch('another file has taken the place');
    rmSync(file, { recursive: true });
    symlinkSync(file, file);
    expect(watch.lost()).toMatch(`its file ${file} cannot be looked at (ELOOP)`);
    unlinkSync(file);
    renameSync(join(folder, 'away'), file);
  });

  it('says nothing while the database is written, emptied into its file and opened by others', () => {
    const other = new DatabaseSync(file);
    other.exec(`INSERT INTO line VALUES ('two')`);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE); VACUUM');
    other.close();
    expect(watch.lost()).toBeNull();
  });

  it('can be told which file it was, by one that comes later', () => {
    const identity = identityOf(file);
    db.close();
    renameSync(file, join(folder, 'away'));
    copyFileSync(join(folder, 'away'), file);
    db = new DatabaseSync(file);
    expect(new FileWatch({ path: file, identity }).lost()).toMatch('another file has taken the place');
    expect(identityOf(join(folder, 'none'))).toBeUndefined();
  });
});
