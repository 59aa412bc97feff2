import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { VAULT_PRAGMAS, VAULT_SCHEMA } from './vault-schema';
import { VaultWriter } from './vault-writer';
import type { Request } from './writer-messages';

describe('VaultWriter', () => {
  let folder: string;
  let db: DatabaseSync;
  let writer: VaultWriter;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-vault-writer-'));
    db = new DatabaseSync(join(folder, 'vault.db'));
    db.exec(VAULT_PRAGMAS);
    db.exec(VAULT_SCHEMA);
    writer = new VaultWriter(db, new Uint8Array(32).fill(7));
    writer.removeTraces();
  });
  afterEach(() => {
    writer.close();
    rmSync(folder, { recursive: true });
  });

  const putOf = (id: number): Request => ({
    id,
    name: 'put',
    given: { kind: 'link', id: `${id}`, owner: 'o', expiresAt: null, sealed: new Uint8Array(40) },
  });
  const makeFor = (id: number, subject: `customer-${string}`): Request => ({
    id,
    name: 'makeKeys',
    given: { owner: { subject, class: 'content' }, shared: true, blocks: 0 },
  });
  const secrets = (): unknown => db.prepare('SELECT count(*) AS count FROM secret').get()?.['count'];

  it('carries out what comes together in one transaction, and takes back alone what is refused', () => {
    writer.commit([{ id: 1, name: 'destroy', given: [{ subject: 'customer-1', class: 'content' }] }]);
    const exec = jest.spyOn(db, 'exec');
    const answers = writer.commit([putOf(2), makeFor(3, 'customer-1'), makeFor(4, 'customer-2')]);
    expect(exec.mock.calls.filter(([sql]) => sql === 'COMMIT')).toHaveLength(1);
    expect(answers).toEqual([
      { id: 2, value: null },
      { id: 3, failure: { code: 'SUBJECT_ERASED', owner: { subject: 'customer-1', class: 'content' } } },
      { id: 4, value: [] },
    ]);
    expect(secrets()).toBe(1);
  });

  it.each([
    [13, 'VAULT_FULL'],
    [10, 'FAILED'],
  ])('fails all of them when the disk refuses the commit with %i', (errcode, code) => {
    const exec = DatabaseSync.prototype.exec;
    const refusing = jest.spyOn(db, 'exec').mockImplementation((sql) => {
      if (sql === 'COMMIT') throw Object.assign(new Error('no'), { errcode });
      exec.call(db, sql);
    });
    expect(writer.commit([putOf(1), putOf(2)])).toMatchObject([
      { id: 1, failure: { code } },
      { id: 2, failure: { code } },
    ]);
    refusing.mockRestore();
    expect(secrets()).toBe(0);
    expect(writer.hasTraces).toBe(false);
    expect(writer.commit([putOf(3)])).toEqual([{ id: 3, value: null }]);
  });

  it('says whether it can write without leaving anything behind, nor a transaction open', () => {
    const bytes = db.prepare('SELECT * FROM meta').all();
    expect(writer.canWrite()).toBe(true);
    const other = new DatabaseSync(join(folder, 'vault.db'));
    other.exec('BEGIN IMMEDIATE');
    db.exec('PRAGMA busy_timeout = 0');
    expect(writer.canWrite()).toBe(false);
    other.close();
    db.exec('PRAGMA query_only = 1');
    expect(writer.canWrite()).toBe(false);
    db.exec('PRAGMA query_only = 0');
    expect(writer.canWrite()).toBe(true);
    expect(db.prepare('SELECT * FROM meta').all()).toEqual(bytes);
    expect(db.isTransaction).toBe(false);
  });

  it('knows after which work there is a trace', () => {
    writer.commit([putOf(1), makeFor(2, 'customer-1')]);
    expect(writer.hasTraces).toBe(false);
    const removals: Request[] = [
      putOf(1),
      { id: 9, name: 'remove', given: { kind: 'link', id: '1' } },
      { id: 9, name: 'destroy', given: [{ subject: 'customer-1', class: 'content' }] },
    ];
    for (const removal of removals) {
      writer.commit([removal]);
      expect(writer.hasTraces).toBe(true);
      writer.removeTraces();
      expect(writer.hasTraces).toBe(false);
    }
  });
});
