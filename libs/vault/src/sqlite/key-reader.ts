import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ErasedKey } from '@deskside/domain';
import { unwrap } from '../text-cipher';
import { DoesNotOpen } from './does-not-open';
import { keyContext } from './key-owner';
import type { KeyOwner } from './key-owner';

/** Reads keys from the vault's file, where the master key wraps them. Throws SQLite's BUSY instead of waiting. */
export class KeyReader {
  readonly #master: Uint8Array;
  readonly #wrapped: StatementSync;
  readonly #erased: StatementSync;
  readonly #destructions: StatementSync;

  constructor(db: DatabaseSync, master: Uint8Array) {
    this.#master = master;
    this.#wrapped = db.prepare(
      `SELECT wrapped FROM owner JOIN key_place ON key_place.owner = owner.id JOIN key ON key.id = key_place.key
       WHERE subject = ? AND class = ? AND item = ?`,
    );
    this.#erased = db.prepare('SELECT erased FROM owner WHERE subject = ? AND class = ?');
    this.#destructions = db.prepare(`SELECT value FROM meta WHERE name = 'destructions'`);
  }

  /** The key, or undefined when it was destroyed or never made. @throws DoesNotOpen */
  read(owner: KeyOwner, item: number): Uint8Array | undefined {
    const wrapped = this.#find(owner, item);
    if (wrapped === undefined) return undefined;
    try {
      return unwrap(this.#master, wrapped, keyContext(owner, item));
    } catch (error) {
      throw new DoesNotOpen('key', error);
    }
  }

  /** Only what was destroyed: there is a mark of its owner or a tombstone of its own. A key that was lost has neither. */
  isDestroyed({ subject, class: personalClass }: KeyOwner, item: number): boolean {
    if (this.#erased.get(subject, personalClass)?.['erased'] === 1) return true;
    return this.#row(subject, personalClass, item)?.every((byte) => byte === 0) ?? false;
  }

  /** An owner that nobody knows is not destroyed: a key could still be made. */
  isUndestroyed({ subject, class: personalClass, item }: ErasedKey): boolean {
    if (item !== undefined) return this.#find({ subject, class: personalClass }, item) !== undefined;
    return this.#erased.get(subject, personalClass)?.['erased'] !== 1;
  }

  /** Another value each time somebody, in this process or another, has destroyed keys. */
  destructions(): unknown {
    return this.#destructions.get()?.['value'];
  }

  #find({ subject, class: personalClass }: KeyOwner, item: number): Uint8Array | undefined {
    const wrapped = this.#row(subject, personalClass, item);
    return wrapped?.some((byte) => byte !== 0) ? wrapped : undefined;
  }

  #row(subject: string, personalClass: string, item: number): Uint8Array | undefined {
    return this.#wrapped.get(subject, personalClass, item)?.['wrapped'] as Uint8Array | undefined;
  }
}
