import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copySnapshot } from './copy-snapshot';
import { oneMoment } from './one-moment';

const megabyte = 1024 * 1024;

describe('one moment of log and vault', () => {
  let folder: string;
  let files: { readonly log: string; readonly vault: string };
  let log: DatabaseSync;
  let vault: DatabaseSync;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-moment-'));
    files = { log: join(folder, 'log.db'), vault: join(folder, 'vault.db') };
    [log, vault] = [new DatabaseSync(files.log), new DatabaseSync(files.vault)];
    for (const db of [log, vault])
      db.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE row (n INTEGER PRIMARY KEY, bytes BLOB)',
      );
  });
  afterEach(() => {
    log.close();
    vault.close();
    rmSync(folder, { recursive: true });
  });

  const write = (db: DatabaseSync, bytes = 10): void =>
    void db.prepare('INSERT INTO row (bytes) VALUES (randomblob(?))').run(bytes);
  const rows = (db: DatabaseSync): unknown => db.prepare('SELECT count(*) AS rows FROM row').get()?.['rows'];

  it('shows nothing of what is written to either later, and keeps nobody from writing', async () => {
    for (const db of [log, vault]) write(db);
    const moment = await oneMoment(files);
    for (const db of [vault, log, vault]) write(db);
    expect([rows(moment.log.db), rows(moment.vault.db)]).toEqual([1, 1]);
    expect([rows(log), rows(vault)]).toEqual([2, 3]);
    moment.vault.end();
    expect(vault.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy']).toBe(0);
    moment.log.close();
    moment.vault.close();
  });

  it('is not chosen while the vault is being written, and has the whole of it', async () => {
    vault.exec('BEGIN IMMEDIATE');
    write(vault);
    const choosing = oneMoment(files);
    write(log);
    vault.exec('COMMIT');
    const moment = await choosing;
    expect([rows(moment.log.db), rows(moment.vault.db)]).toEqual([1, 1]);
    moment.log.close();
    moment.vault.close();
  });

  it('is copied from beginning to end once, though somebody writes between any two steps', async () => {
    write(log, 5 * megabyte);
    const moment = await oneMoment(files);
    const told: number[] = [];
    const onProgress = (copied: number, total: number): void => {
      told.push(copied);
      write(log, 10_000);
      if (told.length > (3 * total) / megabyte) throw new Error('it has begun anew');
    };
    const to = join(folder, 'copy.db');
    await copySnapshot(moment.log, to, { onProgress });
    expect(told).toEqual([1, 2, 3, 4, 5].map((step) => step * megabyte));
    expect(rows(log)).toBe(6);
    const copy = new DatabaseSync(to, { readOnly: true });
    expect(rows(copy)).toBe(1);
    expect(copy.prepare('PRAGMA integrity_check').get()?.['integrity_check']).toBe('ok');
    copy.close();
    moment.log.close();
    moment.vault.close();
  });
});
