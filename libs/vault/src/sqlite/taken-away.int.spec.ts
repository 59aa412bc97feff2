import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { UnsealedText } from '@deskside/domain';
import type { StoredSecret, Vault } from '../vault';
import { openSqliteVault } from './sqlite-vault';
import type { VaultIncident } from './writer-client';

jest.setTimeout(60_000); // bounds a hang, measures nothing

const now = new Date('2026-01-01T12:00:00.000Z');
const secretOf = (id: string): StoredSecret => ({ kind: 'link', id, owner: 'o', value: id, expiresAt: null });

describe('a vault whose file, while it is in use,', () => {
  let folder: string;
  let options: { file: string; masterKeyFile: string };
  let away: string;
  let vault: Vault;
  let workers: Set<Worker>;
  let told: () => void;
  let incidents: VaultIncident[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-vault-'));
    options = { file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') };
    away = join(folder, 'away');
    const post = Worker.prototype.postMessage;
    jest.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...given) {
      workers.add(this);
      post.apply(this, given as Parameters<Worker['postMessage']>);
    });
    workers = new Set();
    [incidents, told] = [[], () => undefined];
    const onIncident = (incident: VaultIncident): void => {
      incidents.push(incident);
      told();
    };
    vault = await openSqliteVault({ ...options, onIncident });
    await vault.put(secretOf('early'));
  });
  afterEach(async () => {
    await vault.close();
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  /** Nobody asks for anything meanwhile: the thread looks by itself. */
  const toldOf = async (kind: VaultIncident['kind']): Promise<void> => {
    while (incidents.at(-1)?.kind !== kind) await new Promise<void>((resolve) => (told = resolve));
  };
  const refused = {
    code: 'VAULT_UNAVAILABLE',
    message: expect.stringMatching(/vault\.db.*until the very same file is back/),
  };
  const takeCopy = (): void => {
    copyFileSync(options.file, away);
    rmSync(options.file);
  };

  it.each([
    ['is renamed', 'is gone', () => renameSync(options.file, away)],
    ['is deleted', 'is gone', takeCopy],
    [
      'is replaced by a copy of itself',
      'another file has taken the place',
      (): void => {
        takeCopy();
        copyFileSync(away, options.file);
      },
    ],
    ['loses its write-ahead log', 'vault.db-wal is gone', () => rmSync(`${options.file}-wal`)],
  ])('%s takes nothing more, says so, and makes nothing in its place', async (_, why, take) => {
    take();
    const names = readdirSync(folder).sort();
    const left = readFileSync(names.includes('vault.db') ? options.file : away);
    await expect(vault.put(secretOf('late'))).rejects.toMatchObject(refused);
    expect(vault.trouble()).toMatch(why);
    expect(incidents).toEqual([{ kind: 'vaultHindered', reason: vault.trouble() }]);
    const text = new UnsealedText('x', { subject: 'customer-1', class: 'content' });
    await expect(vault.prepare([text])).rejects.toMatchObject(refused);
    expect(await vault.get('link', 'early', now)).not.toBeNull();
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(readFileSync(names.includes('vault.db') ? options.file : away).equals(left)).toBe(true);
  });

  it('is renamed says so by itself, and back in its place takes the rest and has all that was promised', async () => {
    renameSync(options.file, away);
    await toldOf('vaultHindered');
    expect(vault.trouble()).toMatch('is gone');
    await expect(vault.put(secretOf('late'))).rejects.toMatchObject(refused);
    renameSync(away, options.file);
    await toldOf('vaultFree');
    expect(vault.trouble()).toBeNull();
    await vault.put(secretOf('late'));
    expect(incidents.map(({ kind }) => kind)).toEqual(['vaultHindered', 'vaultFree']);
    await vault.close();
    vault = await openSqliteVault(options);
    for (const id of ['early', 'late']) expect(await vault.get('link', id, now)).not.toBeNull();
  });

  it('is replaced is not written by a thread that was started since', async () => {
    takeCopy();
    copyFileSync(away, options.file);
    const copy = readFileSync(options.file);
    await [...workers].at(-1)?.terminate();
    await expect(vault.put(secretOf('late'))).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    expect(vault.trouble()).toMatch('another file has taken the place');
    expect(readFileSync(options.file).equals(copy)).toBe(true);
  });

  it('is spoilt under it says so for good, whoever meets it first', async () => {
    for (let customer = 0; customer < 60; customer++)
      await vault.prepare([new UnsealedText('x', { subject: `customer-${customer}`, class: 'content' })]);
    await vault.close();
    const db = new DatabaseSync(options.file, { readOnly: true });
    const page = db
      .prepare(`SELECT rootpage AS page FROM sqlite_schema WHERE name = 'sqlite_autoindex_owner_1'`)
      .get()?.['page'] as number;
    db.close();
    vault = await openSqliteVault(options);
    const file = openSync(options.file, 'r+');
    writeSync(file, Buffer.alloc(4096), 0, 4096, (page - 1) * 4096);
    closeSync(file);
    const held = vault.holds({ subject: 'customer-1', class: 'content' });
    await expect(held).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    expect(vault.trouble()).toMatch(/^its file is damaged \(.*\); stop the server and restore it from a backup$/);
    await vault.put(secretOf('late')).catch(() => undefined);
    expect(vault.trouble()).toMatch('its file is damaged');
  });

  it.each([
    ['a secret', `UPDATE secret SET sealed = randomblob(length(sealed))`, () => vault.get('link', 'early', now)],
    [
      'a key',
      `UPDATE key SET wrapped = randomblob(length(wrapped))`,
      () => vault.holds({ subject: 'customer-1', class: 'content' }),
    ],
  ])('has %s changed under it says so, and does not pass it for one that was removed', async (what, change, read) => {
    await vault.prepare([new UnsealedText('x', { subject: 'customer-1', class: 'content' })]);
    await vault.close();
    const db = new DatabaseSync(options.file);
    db.exec(change);
    db.close();
    vault = await openSqliteVault(options);
    await expect(read()).rejects.toThrow(`${what} in it does not open`);
    expect(vault.trouble()).toMatch(`its file is damaged (${what} in it does not open)`);
  });
});
