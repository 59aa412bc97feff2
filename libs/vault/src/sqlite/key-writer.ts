import { randomBytes } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ErasedKey } from '@deskside/domain';
import { SubjectErased } from '../subject-erased';
import { KEY_BYTES, wrap } from '../text-cipher';
import { BLOCK, keyContext, SHARED } from './key-owner';
import type { ItemKey, KeyOwner } from './key-owner';

interface OwnerRow {
  readonly id: number;
  readonly erased: number;
}

/** What is made for one subject and class: the shared key if it is not there, and blocks of item keys. */
export interface KeysToMake {
  readonly owner: KeyOwner;
  readonly shared: boolean;
  readonly blocks: number;
}

/** Makes and destroys keys in the vault's file, wrapped by the master key, inside a transaction of the caller's. */
export class KeyWriter {
  readonly #db: DatabaseSync;
  readonly #master: Uint8Array;
  readonly #owner: StatementSync;
  readonly #place: StatementSync;
  readonly #addKey: StatementSync;
  readonly #addPlace: StatementSync;

  constructor(db: DatabaseSync, master: Uint8Array) {
    this.#db = db;
    this.#master = master;
    this.#owner = db.prepare('SELECT id, erased FROM owner WHERE subject = ? AND class = ?');
    this.#place = db.prepare('SELECT key FROM key_place WHERE owner = ? AND item = ?');
    this.#addKey = db.prepare('INSERT INTO key (wrapped) VALUES (?)');
    this.#addPlace = db.prepare('INSERT INTO key_place (owner, item, key) VALUES (?, ?, ?)');
  }

  /** @returns the item keys, which only the caller may hand out. @throws SubjectErased when the owner's keys were destroyed. */
  make({ owner, shared, blocks }: KeysToMake): readonly ItemKey[] {
    const id = this.#livingOwner(owner);
    if (shared && !this.#place.get(id, SHARED)) this.#add(owner, id, SHARED);
    return Array.from({ length: blocks }, () => this.#makeBlock(owner, id)).flat();
  }

  /** Overwrites the keys in their places. */
  destroy(keys: readonly ErasedKey[]): void {
    for (const key of keys) this.#destroyOne(key);
    this.#db.exec(
      `INSERT INTO meta VALUES ('destructions', '1') ON CONFLICT DO UPDATE SET value = CAST(value + 1 AS TEXT)`,
    );
  }

  #makeBlock(owner: KeyOwner, id: number): ItemKey[] {
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
    const { lastInsertRowid } = this.#addKey.run(wrap(this.#master, key, keyContext(owner, item)));
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
