import type { DatabaseSync } from 'node:sqlite';
import type { ErasedKey, SealedText, UnsealedText } from '@deskside/domain';
import { openText, unwrap, wrap } from '../text-cipher';
import type { FieldPlace, PreparedSealing, StoredSecret, Vault } from '../vault';
import { VaultFull } from '../vault-full';
import { KeyFile, SHARED } from './key-file';
import { KeyMaking } from './key-making';
import { KeyRing } from './key-ring';
import { readMasterKey, VaultUnusable } from './master-key';
import { SecretFile } from './secret-file';
import { leaveNoTrace, openVaultFile } from './vault-schema';

export interface SqliteVaultOptions {
  /** Path of the vault; made when absent. */
  readonly file: string;
  /** Path of the key that wraps all others, mode 0600; made when absent. Backed up apart from the vault. */
  readonly masterKeyFile: string;
}

const CHECK = 'Deskside vault';
const CHECK_NAME = 'master_key_check';

/** Opens or makes the vault. @throws VaultUnusable when the master key is not safe or not the one of this vault. */
export async function openSqliteVault({ file, masterKeyFile }: SqliteVaultOptions): Promise<Vault> {
  const master = readMasterKey(masterKeyFile, file);
  const db = openVaultFile(file);
  try {
    checkMasterKey(db, master, { file, masterKeyFile });
  } catch (error) {
    db.close();
    throw error;
  }
  return new SqliteVault(db, master);
}

/** A key that was exchanged would make new keys beside old ones that nobody can open: better not to start. */
function checkMasterKey(db: DatabaseSync, master: Uint8Array, { file, masterKeyFile }: SqliteVaultOptions): void {
  const kept = db.prepare('SELECT value FROM meta WHERE name = ?').get(CHECK_NAME)?.['value'];
  if (typeof kept !== 'string') {
    const check = Buffer.from(wrap(master, Buffer.from(CHECK), CHECK_NAME)).toString('base64url');
    db.prepare('INSERT INTO meta VALUES (?, ?)').run(CHECK_NAME, check);
    return;
  }
  try {
    unwrap(master, Buffer.from(kept, 'base64url'), CHECK_NAME);
  } catch {
    throw new VaultUnusable('MASTER_KEY_WRONG', `The master key ${masterKeyFile} is not the one of the vault ${file}.`);
  }
}

class SqliteVault implements Vault {
  readonly #db: DatabaseSync;
  readonly #ring: KeyRing;
  readonly #making: KeyMaking;
  readonly #secrets: SecretFile;

  constructor(db: DatabaseSync, master: Uint8Array) {
    this.#db = db;
    this.#ring = new KeyRing(new KeyFile(db, master));
    this.#making = new KeyMaking(this.#ring);
    this.#secrets = new SecretFile(db, master);
  }

  async prepare(texts: readonly UnsealedText[]): Promise<PreparedSealing> {
    return writing(() => this.#making.prepare(texts));
  }

  async open(sealed: SealedText, place: FieldPlace): Promise<string | null> {
    const key = this.#ring.find(sealed, sealed.item ?? SHARED);
    return key ? openText(key, sealed, place) : null;
  }

  async destroy(keys: readonly ErasedKey[]): Promise<void> {
    return writing(() => this.#ring.destroy(keys));
  }

  async holds(key: ErasedKey): Promise<boolean> {
    return this.#ring.find(key, key.item ?? SHARED) !== undefined;
  }

  async erasuresAppliedUpTo(): Promise<string | null> {
    const value = this.#db.prepare(`SELECT value FROM meta WHERE name = 'erasures'`).get()?.['value'];
    return typeof value === 'string' ? value : null;
  }

  async setErasuresAppliedUpTo(position: string): Promise<void> {
    const sql = `INSERT INTO meta VALUES ('erasures', ?) ON CONFLICT DO UPDATE SET value = excluded.value`;
    await writing(() => this.#db.prepare(sql).run(position));
  }

  async put(secret: StoredSecret): Promise<void> {
    return writing(() => this.#secrets.put(secret));
  }

  async get(kind: string, id: string, now: Date): Promise<StoredSecret | null> {
    return this.#secrets.get(kind, id, now);
  }

  async take(kind: string, id: string, now: Date): Promise<StoredSecret | null> {
    return writing(() => this.#secrets.take(kind, id, now));
  }

  async remove(kind: string, id: string): Promise<void> {
    return writing(() => this.#secrets.remove(kind, id));
  }

  async removeOwned(owner: string, kinds: readonly string[]): Promise<number> {
    return writing(() => this.#secrets.removeOwned(owner, kinds));
  }

  async sweep(now: Date): Promise<number> {
    return writing(() => this.#secrets.sweep(now));
  }

  async close(): Promise<void> {
    this.#making.flush();
    leaveNoTrace(this.#db);
    this.#db.close();
  }
}

/** SQLITE_FULL (https://www.sqlite.org/rescode.html#full). */
const FULL = 13;

async function writing<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { errcode } = error as { errcode?: unknown };
    throw typeof errcode === 'number' && (errcode & 0xff) === FULL ? new VaultFull() : error;
  }
}
