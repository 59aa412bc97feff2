import type { DatabaseSync } from 'node:sqlite';
import type { ErasedKey, SealedText } from '@deskside/domain';
import { openText } from '../text-cipher';
import { TextUnreadable } from '../text-unreadable';
import type { FieldPlace, VaultReader } from '../vault';
import { VaultUnavailable } from '../vault-unavailable';
import { KeyReader } from './key-reader';
import { SHARED } from './key-owner';
import { KnownKeys } from './known-keys';
import { readMasterKey } from './master-key';
import { openVaultForReading } from './open-vault-file';
import { reading } from './reading';
import type { VaultFiles } from './vault-files';

/** Opens texts beside the vault that writes, e.g. in another thread. @throws VaultUnusable when there is no vault. */
export async function openSqliteVaultReader(files: VaultFiles): Promise<VaultReader> {
  const master = readMasterKey(files);
  return new SqliteVaultReader(await openVaultForReading({ ...files, master }), master);
}

/** What reader and vault share: all reading of keys. */
export class SqliteVaultReader implements VaultReader {
  protected readonly keys: KeyReader;
  protected readonly known: KnownKeys;
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync, master: Uint8Array) {
    this.#db = db;
    this.keys = new KeyReader(db, master);
    this.known = new KnownKeys(this.keys);
  }

  async open(sealed: SealedText, place: FieldPlace): Promise<string | null> {
    try {
      const item = sealed.item ?? SHARED;
      const key = await this.read(() => this.known.find(sealed, item));
      if (key !== undefined) return openText(key, sealed, place);
      if (await this.read(() => this.known.isDestroyed(sealed, item))) return null;
    } catch (error) {
      // That it cannot be asked now says nothing of the text.
      if (error instanceof VaultUnavailable) throw error;
      throw new TextUnreadable(error);
    }
    throw new TextUnreadable();
  }

  async holds(key: ErasedKey): Promise<boolean> {
    return (await this.read(() => this.known.find(key, key.item ?? SHARED))) !== undefined;
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  protected read<Result>(work: () => Result): Promise<Result> {
    return reading(work, (why) => this.damaged(why));
  }

  /** The file is not what was written: for the vault that writes to tell. */
  protected damaged(_why: string): void {
    return undefined;
  }
}
