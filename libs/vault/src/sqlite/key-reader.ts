import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { unwrap } from '../text-cipher';
import { keyContext } from './key-owner';
import type { KeyOwner } from './key-owner';

/** Reads keys from the vault's file, where the master key wraps them. Throws SQLite's BUSY instead of waiting. */
export class KeyReader {
  readonly #master: Uint8Array;
  readonly #wrapped: StatementSync;
  readonly #destructions: StatementSync;

  constructor(db: DatabaseSync, master: Uint8Array) {
    this.#master = master;
    this.#wrapped = db.prepare(
      `SELECT wrapped FROM owner JOIN key_place ON key_place.owner = owner.id JOIN key ON key.id = key_place.key
       WHERE subject = ? AND class = ? AND item = ?`,
    );
    this.#destructions = db.prepare(`SELECT value FROM meta WHERE name = 'destructions'`);
  }

  /** The key, or undefined when it was destroyed or never made. */
  read(owner: KeyOwner, item: number): Uint8Array | undefined {
    const wrapped = this.#wrapped.get(owner.subject, owner.class, item)?.['wrapped'] as Uint8Array | undefined;
    return wrapped && wrapped.some((byte) => byte !== 0)
      ? unwrap(this.#master, wrapped, keyContext(owner, item))
      : undefined;
  }

  /** Another value each time somebody, in this process or another, has destroyed keys. */
  destructions(): unknown {
    return this.#destructions.get()?.['value'];
  }
}
