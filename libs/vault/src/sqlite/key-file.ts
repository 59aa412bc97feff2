import { randomBytes } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ErasedKey } from '@deskside/domain';
import { SubjectErased } from '../subject-erased';
import { KEY_BYTES, unwrap, wrap } from '../text-cipher';
import { inTransaction, leaveNoTrace } from './vault-schema';

/** Item number of the key that all texts of a subject and class share. */
export const SHARED = 0;
/** Item keys made at once, so that a chat line seldom waits for the disk. */
export const BLOCK = 32;

export type KeyOwner = Pick<ErasedKey, 'subject' | 'class'>;

export interface ItemKey {
  readonly item: number;
  readonly key: Uint8Array;
}

interface OwnerRow {
  readonly id: number;
  readonly erased: number;
}

/** Keys in the vault's file, wrapped by the master key. Everything here is durable when it returns. */
export class KeyFile {
  readonly #db: DatabaseSync;
  readonly #master: Uint8Array;
  readonly #owner: StatementSync;
  readonly #wrapped: StatementSync;
  readonly #version: StatementSync;
  #seen: unknown;
  readonly #addKey: StatementSync;
  readonly #addPlace: StatementSync;

  constructor(db: DatabaseSync, master: Uint8Array) {
    this.#db = db;
    this.#master = master;
    this.#owner = db.prepare('SELECT id, erased FROM owner WHERE subject = ? AND class = ?');
    this.#wrapped = db.prepare(
      'SELECT wrapped FROM key JOIN key_place ON key_place.key = key.id WHERE owner = ? AND item = ?',
    );
    this.#version = db.prepare('PRAGMA data_version');
    this.#addKey = db.prepare('INSERT INTO key (wrapped) VALUES (?)');
    this.#addPlace = db.prepare('INSERT INTO key_place (owner, item, key) VALUES (?, ?, ?)');
  }

  /** True once after another connection has written: what was remembered may have been destroyed there. */
  changedElsewhere(): boolean {
    const version = this.#version.get()?.['data_version'];
    const changed = version !== this.#seen;
    this.#seen = version;
    return changed;
  }

  /** The key, or undefined when it was destroyed or never made. */
  read(owner: KeyOwner, item: number): Uint8Array | undefined {
    const row = this.#ownerRow(owner);
    const wrapped = row && (this.#wrapped.get(row.id, item)?.['wrapped'] as Uint8Array | undefined);
    return wrapped && wrapped.some((byte) => byte !== 0)
      ? unwrap(this.#master, wrapped, context(owner, item))
      : undefined;
  }

  /**
   * Makes the missing shared keys and a block of item keys for each of `blocks`, in one transaction.
   * @throws SubjectErased when one of them was destroyed; then nothing is made.
   */
  make(shared: readonly KeyOwner[], blocks: readonly KeyOwner[]): ItemKey[][] {
    return inTransaction(this.#db, () => {
      for (const owner of shared) this.#makeShared(owner);
      return blocks.map((owner) => this.#makeBlock(owner));
    });
  }

  /** Overwrites the keys in their places and empties the write-ahead log. */
  destroy(keys: readonly ErasedKey[]): void {
    inTransaction(this.#db, () => {
      for (const key of keys) this.#destroyOne(key);
    });
    leaveNoTrace(this.#db);
  }

  #makeShared(owner: KeyOwner): void {
    const id = this.#livingOwner(owner);
    if (!this.#wrapped.get(id, SHARED)) this.#add(owner, id, SHARED);
  }

  #makeBlock(owner: KeyOwner): ItemKey[] {
    const id = this.#livingOwner(owner);
    const first = this.#takeNumbers();
    return Array.from({ length: BLOCK }, (_, index) => ({
      item: first + index,
      key: this.#add(owner, id, first + index),
    }));
  }

  /**
   * Numbers rise with the clock and are written down: neither a crash nor a restored older vault, which has forgotten the
   * latest numbers, gives one out again.
   */
  #takeNumbers(): number {
    const known = Number(this.#db.prepare(`SELECT value FROM meta WHERE name = 'block'`).get()?.['value'] ?? 0);
    const block = Math.max(known + 1, Date.now());
    this.#db
      .prepare(`INSERT INTO meta VALUES ('block', ?) ON CONFLICT DO UPDATE SET value = excluded.value`)
      .run(String(block));
    return block * BLOCK;
  }

  #add(owner: KeyOwner, id: number, item: number): Uint8Array {
    const key = randomBytes(KEY_BYTES);
    const { lastInsertRowid } = this.#addKey.run(wrap(this.#master, key, context(owner, item)));
    this.#addPlace.run(id, item, lastInsertRowid);
    return key;
  }

  #destroyOne(key: ErasedKey): void {
    const overwrite = 'UPDATE key SET wrapped = zeroblob(length(wrapped)) WHERE id IN';
    if (key.item !== undefined) {
      const row = this.#ownerRow(key);
      if (!row) return;
      const sql = `${overwrite} (SELECT key FROM key_place WHERE owner = ? AND item = ?)`;
      this.#db.prepare(sql).run(row.id, key.item);
      return;
    }
    // Also when nobody knows it: a restored older vault must not make it again.
    this.#db
      .prepare('INSERT INTO owner (subject, class, erased) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET erased = 1')
      .run(key.subject, key.class);
    const row = this.#ownerRow(key);
    this.#db.prepare(`${overwrite} (SELECT key FROM key_place WHERE owner = ?)`).run(row?.id ?? null);
  }

  #livingOwner(owner: KeyOwner): number {
    const row = this.#ownerRow(owner);
    if (row?.erased) throw new SubjectErased(owner);
    if (row) return row.id;
    const insert = this.#db.prepare('INSERT INTO owner (subject, class) VALUES (?, ?)');
    return Number(insert.run(owner.subject, owner.class).lastInsertRowid);
  }

  #ownerRow(owner: KeyOwner): OwnerRow | undefined {
    return this.#owner.get(owner.subject, owner.class) as unknown as OwnerRow | undefined;
  }
}

/** Authenticated with a wrapped key: it opens as the key of its own subject, class and item only. */
function context(owner: KeyOwner, item: number): string {
  return JSON.stringify([owner.subject, owner.class, item]);
}
