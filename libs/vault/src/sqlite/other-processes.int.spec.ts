import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { UnsealedText } from '@deskside/domain';
import type { StoredSecret, Vault } from '../vault';
import { openSqliteVault } from './sqlite-vault';
import type { VaultIncident } from './writer-client';

jest.setTimeout(60_000); // bounds a hang, measures nothing

const place = { eventId: 'e', path: 'p' };
const now = new Date('2026-01-01T12:00:00.000Z');
const owner = { subject: 'customer-1', class: 'content' } as const;

const secretOf = (id: string): StoredSecret => ({ kind: 'sign-in', id, owner: 'o', value: id, expiresAt: null });
const textOf = (subject: `customer-${string}`, ownKey = false): UnsealedText =>
  new UnsealedText('Ana', { subject, class: 'content', ownKey });

/** Each test goes on for many turns of the event loop while the file is held: none may be held up itself. */
describe('a vault whose file another process', () => {
  let folder: string;
  let options: { file: string; masterKeyFile: string };
  let vault: Vault;
  let other: DatabaseSync;
  let incidents: VaultIncident[];
  let told: () => void;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-vault-'));
    options = { file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') };
    [incidents, told] = [[], () => undefined];
    const onIncident = (incident: VaultIncident): void => {
      incidents.push(incident);
      told();
    };
    vault = await openSqliteVault({ ...options, onIncident });
    other = new DatabaseSync(options.file, { timeout: 5000 });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    if (other.isOpen) other.close();
    await vault.close();
    rmSync(folder, { recursive: true });
  });

  const beginReading = (): void => {
    other.exec('BEGIN');
    other.prepare('SELECT count(*) FROM key').get();
  };
  const bytesOfAll = (): Buffer => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
  const keysNow = (): Uint8Array[] =>
    other
      .prepare('SELECT wrapped FROM key')
      .all()
      .map((row) => row['wrapped'] as Uint8Array);
  const seal = async (text: UnsealedText) => (await vault.prepare([text])).seal(text, place);
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn++) await nextTurn();
  };

  it('reads: sign-ins, new keys and sign-outs go on, and what is gone is gone for all who look now', async () => {
    await vault.put(secretOf('early'));
    beginReading();
    for (let round = 0; round < 100; round++) {
      await vault.put(secretOf(`${round}`));
      const text = textOf(`customer-${round}`, round % 2 === 0);
      expect(await vault.open(await seal(text), place)).toBe('Ana');
      if (round % 2 === 0) await vault.remove('sign-in', `${round}`);
      else await vault.put({ ...secretOf(`${round}`), value: 'replaced' });
    }
    expect(await vault.removeOwned('o', ['sign-in'])).toBe(51);
    expect(await vault.get('sign-in', 'early', now)).toBeNull();
    expect(other.isTransaction).toBe(true);
  });

  it('reads: keys are destroyed at once, and their bytes are gone as soon as it has ended', async () => {
    const sealed = await seal(textOf('customer-1'));
    const [key] = keysNow();
    if (!key) throw new Error('a key was made');
    beginReading();
    await vault.destroy([owner]);
    expect(await vault.open(sealed, place)).toBeNull();
    await expect(vault.prepare([textOf('customer-1')])).rejects.toMatchObject({ code: 'SUBJECT_ERASED' });
    let isTraceless = false;
    const traceless = vault.whenTraceless().then(() => (isTraceless = true));
    for (let round = 0; round < 50; round++) await vault.put(secretOf(`${round}`));
    await turns(1000);
    expect(isTraceless).toBe(false);
    expect(bytesOfAll().includes(key.subarray(12, 28))).toBe(true);
    other.exec('COMMIT');
    await traceless;
    expect(bytesOfAll().includes(key.subarray(12, 28))).toBe(false);
    expect(bytesOfAll().includes(key.subarray(40))).toBe(false);
  });

  it('reads is closed all the same, and leaves no trace once it was opened without the other one', async () => {
    await vault.put(secretOf('secret'));
    const { sealed } = other.prepare('SELECT sealed FROM secret').get() as { sealed: Uint8Array };
    beginReading();
    await vault.remove('sign-in', 'secret');
    const traceless = vault.whenTraceless();
    await Promise.all([vault.close(), expect(traceless).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' })]);
    expect(bytesOfAll().includes(sealed.subarray(12, 28))).toBe(true);
    other.close();
    vault = await openSqliteVault(options);
    await vault.whenTraceless();
    expect(bytesOfAll().includes(sealed.subarray(12, 28))).toBe(false);
  });

  it('writes: reads go on, writes wait in their order and are done when it has ended', async () => {
    await vault.put(secretOf('early'));
    const sealed = await seal(textOf('customer-1'));
    other.exec(`BEGIN IMMEDIATE; UPDATE meta SET value = value`);
    let settled = 0;
    const writes = [
      vault.put(secretOf('late')),
      vault.remove('sign-in', 'early'),
      seal(textOf('customer-2')),
      vault.destroy([owner]),
    ].map((write) => write.finally(() => (settled += 1)));
    for (let turn = 0; turn < 1000; turn++) {
      expect(await vault.get('sign-in', 'early', now)).not.toBeNull();
      await nextTurn();
    }
    // In the file it still is; this vault has forgotten it.
    expect(await vault.open(sealed, place)).toBeNull();
    expect(settled).toBe(0);
    other.exec('COMMIT');
    await Promise.all(writes);
    expect(await vault.get('sign-in', 'early', now)).toBeNull();
    expect(await vault.get('sign-in', 'late', now)).not.toBeNull();
    expect(await vault.holds({ ...owner, subject: 'customer-2' })).toBe(true);
    expect(await vault.holds(owner)).toBe(false);
  });

  it('writes for too long: the writes are refused, nothing of them was done, and the next ones are', async () => {
    other.exec('BEGIN IMMEDIATE');
    await expect(vault.put(secretOf('late'))).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    await expect(Promise.all([vault.put(secretOf('last')), vault.close()])).rejects.toMatchObject({
      code: 'VAULT_UNAVAILABLE',
    });
    other.exec('COMMIT');
    vault = await openSqliteVault(options);
    await vault.put(secretOf('next'));
    expect(await vault.get('sign-in', 'late', now)).toBeNull();
    expect(await vault.get('sign-in', 'next', now)).not.toBeNull();
  });

  it('writes for too long: that nothing can be written is known until something can be, though nobody asks', async () => {
    other.exec('BEGIN IMMEDIATE');
    const reason = 'another process keeps the database locked';
    await expect(vault.put(secretOf('late'))).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    expect(vault.trouble()).toBe(reason);
    // Nobody asks for anything from here on.
    const isFree = new Promise<void>((resolve) => (told = resolve));
    other.exec('COMMIT');
    await isFree;
    expect(vault.trouble()).toBeNull();
    expect(incidents).toEqual([{ kind: 'vaultHindered', reason }, { kind: 'vaultFree' }]);
    expect(other.prepare(`SELECT count(*) AS looks FROM meta WHERE name = 'look'`).get()).toEqual({ looks: 0 });
  });

  it('writes for too long: the next work that is done says that it no longer does', async () => {
    other.exec('BEGIN IMMEDIATE');
    await expect(vault.put(secretOf('late'))).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    const next = vault.put(secretOf('next'));
    other.exec('COMMIT');
    await next;
    expect(vault.trouble()).toBeNull();
  });

  it('has locked for a moment is read as soon as it can be', async () => {
    await vault.put(secretOf('early'));
    const get = StatementSync.prototype.get;
    let refused = 0;
    jest.spyOn(StatementSync.prototype, 'get').mockImplementation(function (this: StatementSync, ...values) {
      if (refused++ < 3) throw Object.assign(new Error('database is locked'), { errcode: 261 });
      return get.apply(this, values as never);
    });
    expect(await vault.get('sign-in', 'early', now)).not.toBeNull();
    expect(refused).toBeGreaterThan(3);
  });

  it.each([
    ['cannot be read', 'disk I/O error', { errcode: 266 }],
    ['is closed', 'statement has been finalized', { code: 'ERR_INVALID_STATE' }],
  ])('does not hold, but %s, tells nobody that a text was erased', async (_, message, more) => {
    const sealed = await seal(textOf('customer-1'));
    await turns(1);
    const get = jest.spyOn(StatementSync.prototype, 'get').mockImplementation(() => {
      throw Object.assign(new Error(message), more);
    });
    const unavailable = { code: 'VAULT_UNAVAILABLE', message: expect.stringContaining(message) };
    await expect(vault.open(sealed, place)).rejects.toMatchObject(unavailable);
    await expect(vault.holds(owner)).rejects.toMatchObject(unavailable);
    get.mockRestore();
    expect(await vault.open(sealed, place)).toBe('Ana');
  });

  it('no longer holds has one file when it is closed', async () => {
    await vault.put(secretOf('some'));
    other.close();
    await vault.close();
    expect(readdirSync(folder).sort()).toEqual(['master.key', 'vault.db']);
    expect(statSync(options.file).size).toBeGreaterThan(4096);
    vault = await openSqliteVault(options);
  });
});
