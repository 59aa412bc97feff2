import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { UnsealedText } from '@deskside/domain';
import { TextUnreadable } from '../text-unreadable';
import { VaultFull } from '../vault-full';
import { vaultContract } from '../contract';
import type { VaultHarness } from '../contract';
import { KnownKeys } from './known-keys';
import { openSqliteVault } from './sqlite-vault';

function column(file: string, sql: string): Uint8Array[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare(sql).all();
  db.close();
  return rows.map((row) => row['bytes'] as Uint8Array);
}

async function openHarness(): Promise<VaultHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-vault-'));
  const options = { file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'keys', 'master.key') };
  const vault = await openSqliteVault(options);
  const open = [vault];
  const another = async (): Promise<typeof vault> => {
    const next = await openSqliteVault(options);
    open.push(next);
    return next;
  };
  return {
    vault,
    reopen: async () => {
      await open.pop()?.close();
      return another();
    },
    openSecond: () => openSqliteVault(options),
    crash: another,
    everyByte: async () => {
      const names = readdirSync(folder).filter((name) => name.startsWith('vault.db'));
      return Buffer.concat(names.map((name) => readFileSync(join(folder, name))));
    },
    wrappedKeys: async () => column(options.file, 'SELECT wrapped AS bytes FROM key WHERE wrapped != zeroblob(60)'),
    sealedSecrets: async () => column(options.file, 'SELECT sealed AS bytes FROM secret'),
    dispose: async () => {
      for (const left of open) await left.close();
      rmSync(folder, { recursive: true });
    },
  };
}

vaultContract('SQLite', openHarness);

describe('openSqliteVault', () => {
  let folder: string;
  let options: { file: string; masterKeyFile: string };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-vault-'));
    options = { file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') };
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes a master key that only its owner may read, and keeps it', async () => {
    await (await openSqliteVault(options)).close();
    expect(statSync(options.masterKeyFile).mode & 0o777).toBe(0o600);
    const made = readFileSync(options.masterKeyFile, 'utf8');
    await (await openSqliteVault(options)).close();
    expect(readFileSync(options.masterKeyFile, 'utf8')).toBe(made);
    expect(Buffer.from(made.trim(), 'base64url')).toHaveLength(32);
  });

  it.each([0o644, 0o640, 0o604, 0o660])('refuses a master key of mode %i in one sentence', async (mode) => {
    await (await openSqliteVault(options)).close();
    chmodSync(options.masterKeyFile, mode);
    await expect(openSqliteVault(options)).rejects.toMatchObject({
      code: 'MASTER_KEY_UNSAFE',
      message: expect.stringMatching(/^The master key .* can be read by others \(mode 06\d\d\); .*chmod 600/),
    });
  });

  it('refuses a master key that is not the one of this vault, or no key', async () => {
    await (await openSqliteVault(options)).close();
    writeFileSync(options.masterKeyFile, Buffer.alloc(32, 7).toString('base64url'));
    await expect(openSqliteVault(options)).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' });
    writeFileSync(options.masterKeyFile, 'short');
    await expect(openSqliteVault(options)).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' });
  });

  it('refuses a vault whose master key is gone instead of making a new one', async () => {
    await (await openSqliteVault(options)).close();
    rmSync(options.masterKeyFile);
    await expect(openSqliteVault(options)).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' });
    expect(existsSync(options.masterKeyFile)).toBe(false);
  });

  it('refuses a file that is no vault in one sentence', async () => {
    writeFileSync(options.file, 'not a database, but long enough to look at. '.repeat(50));
    writeFileSync(options.masterKeyFile, Buffer.alloc(32, 7).toString('base64url'), { mode: 0o600 });
    await expect(openSqliteVault(options)).rejects.toMatchObject({
      code: 'VAULT_UNREADABLE',
      message: expect.stringMatching(/^The vault .* cannot be used: .*\.$/),
    });
  });

  it('says that the disk is full, keeps nothing of what there was no room for, and goes on when there is', async () => {
    const vault = await openSqliteVault(options);
    const text = new UnsealedText('x', { subject: 'customer-1', class: 'content' });
    const secret = { kind: 'sign-in', id: 'a', owner: 'o', value: 1, expiresAt: null };
    const kept = { ...secret, id: 'kept' };
    await vault.put(kept);
    const now = new Date();
    const db = new DatabaseSync(options.file);
    // A table that has given out its last number lets SQLite say what it says of a full disk.
    db.exec('CREATE TABLE room (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO room VALUES (9223372036854775807)');
    const changes = ['INSERT ON owner', 'INSERT ON secret', 'DELETE ON secret', 'INSERT ON meta', 'UPDATE ON meta'];
    changes.forEach((change, at) => {
      db.exec(`CREATE TRIGGER room_${at} BEFORE ${change} BEGIN INSERT INTO room VALUES (NULL); END`);
    });
    for (const work of [
      vault.prepare([text]),
      vault.destroy([{ subject: 'customer-1', class: 'content' }]),
      vault.put(secret),
      vault.remove('sign-in', 'kept'),
      vault.setErasuresAppliedUpTo({ stream: 'access-1', revision: '7', hash: '00'.repeat(32) }),
    ])
      await expect(work).rejects.toBeInstanceOf(VaultFull);
    expect(await vault.holds({ subject: 'customer-1', class: 'content' })).toBe(false);
    expect(await vault.get('sign-in', 'a', now)).toBeNull();
    expect(await vault.get('sign-in', 'kept', now)).toEqual(kept);
    expect(await vault.erasuresAppliedUpTo()).toBeNull();
    changes.forEach((_, at) => db.exec(`DROP TRIGGER room_${at}`));
    db.close();
    const place = { eventId: 'e', path: 'p' };
    expect(await vault.open((await vault.prepare([text])).seal(text, place), place)).toBe('x');
    await vault.close();
  });

  it('takes no other error for a text that does not open, and tells of each event of such texts once', async () => {
    const incidents: unknown[] = [];
    const vault = await openSqliteVault({ ...options, onIncident: (incident) => void incidents.push(incident) });
    const text = new UnsealedText('x', { subject: 'customer-1', class: 'content' });
    const place = { eventId: 'e', path: 'p' };
    const sealed = (await vault.prepare([text])).seal(text, place);
    const find = jest.spyOn(KnownKeys.prototype, 'find').mockImplementation(() => {
      throw new TypeError('a bug');
    });
    await expect(vault.open(sealed, place)).rejects.toThrow('a bug');
    find.mockRestore();
    expect(incidents).toEqual([]);
    for (const elsewhere of [
      { ...place, path: 'q' },
      { ...place, path: 'r' },
      { ...place, eventId: 'f' },
    ])
      await expect(vault.open(sealed, elsewhere)).rejects.toBeInstanceOf(TextUnreadable);
    expect(incidents).toEqual(
      ['e', 'f'].map((id) => ({
        kind: 'textUnreadable',
        reason: `event ${id}: it is not what was written in its place`,
      })),
    );
    await vault.close();
  });

  it('does not open a wrapped key that was moved to another subject', async () => {
    const vault = await openSqliteVault(options);
    const [one, two] = ['customer-1', 'customer-2'].map(
      (subject) => new UnsealedText('x', { subject, class: 'content' }),
    );
    if (!one || !two) throw new Error('two texts were made');
    const prepared = await vault.prepare([one, two]);
    const place = { eventId: 'e', path: 'p' };
    const sealed = prepared.seal(one, place);
    await vault.close();
    const db = new DatabaseSync(options.file);
    db.exec('UPDATE key_place SET key = 3 - key');
    db.close();
    const opened = await openSqliteVault(options);
    await expect(opened.open(sealed, place)).rejects.toThrow();
    await opened.close();
  });
});
