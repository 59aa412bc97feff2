import type { DatabaseSync } from 'node:sqlite';
import type { ErasedKey, SealedText } from '@deskside/domain';
import { openText } from '../text-cipher';
import { TextUnreadable } from '../text-unreadable';
import type { FieldPlace, VaultReader } from '../vault';
import { DoesNotOpen } from './does-not-open';
import { KeyReader } from './key-reader';
import { SHARED } from './key-owner';
import { KnownKeys } from './known-keys';
import { readMasterKey } from './master-key';
import { openVaultForReading } from './open-vault-file';
import { reading } from './reading';
import type { VaultFiles } from './vault-files';

/** Told of which event a text does not open, and why; without a word of it. */
export type OnTextUnreadable = (reason: string) => void;

/** Events of which it is told, each once: behind so many nobody reads on, and each is shown where it stands. */
const mostTold = 1_000;

/** Opens texts beside the vault that writes, e.g. in another thread. @throws VaultUnusable when there is no vault. */
export async function openSqliteVaultReader(
  files: VaultFiles,
  onTextUnreadable: OnTextUnreadable = () => undefined,
): Promise<VaultReader> {
  const master = readMasterKey(files);
  return new SqliteVaultReader(await openVaultForReading({ ...files, master }), master, onTextUnreadable);
}

/** What reader and vault share: all reading of keys. */
export class SqliteVaultReader implements VaultReader {
  protected readonly keys: KeyReader;
  protected readonly known: KnownKeys;
  readonly #db: DatabaseSync;
  readonly #onTextUnreadable: OnTextUnreadable;
  readonly #told = new Set<string>();

  constructor(db: DatabaseSync, master: Uint8Array, onTextUnreadable: OnTextUnreadable) {
    this.#db = db;
    this.#onTextUnreadable = onTextUnreadable;
    this.keys = new KeyReader(db, master);
    this.known = new KnownKeys(this.keys);
  }

  async open(sealed: SealedText, place: FieldPlace): Promise<string | null> {
    if (!isWhole(sealed)) throw this.#unreadable(place, 'parts of it are missing');
    const item = sealed.item ?? SHARED;
    const key = await this.#keyOf(sealed, item, place);
    if (key !== undefined) return this.#opened(key, sealed, place);
    if (await this.read(() => this.known.isDestroyed(sealed, item))) return null;
    throw this.#unreadable(place, 'its key is not in the vault');
  }

  async #keyOf(sealed: SealedText, item: number, place: FieldPlace): Promise<Uint8Array | undefined> {
    try {
      return await this.read(() => this.known.find(sealed, item));
    } catch (error) {
      // Any other error says nothing of the text: the vault cannot be asked now, or the fault is ours.
      throw error instanceof DoesNotOpen ? this.#unreadable(place, 'its key is not what was written', error) : error;
    }
  }

  #opened(key: Uint8Array, sealed: SealedText, place: FieldPlace): string {
    try {
      return openText(key, sealed, place);
    } catch (error) {
      throw this.#unreadable(place, 'it is not what was written in its place', error);
    }
  }

  #unreadable({ eventId }: FieldPlace, why: string, cause?: unknown): TextUnreadable {
    if (!this.#told.has(eventId) && this.#told.size < mostTold) {
      this.#told.add(eventId);
      this.#onTextUnreadable(`event ${eventId}: ${why}`);
    }
    return new TextUnreadable(why, cause);
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

/** Damage may have put anything in the place of its parts. */
function isWhole({ subject, class: personalClass, item, nonce, ciphertext }: SealedText): boolean {
  const areTexts = [subject, personalClass, nonce, ciphertext].every((part) => typeof part === 'string');
  return areTexts && (item === undefined || Number.isSafeInteger(item));
}
