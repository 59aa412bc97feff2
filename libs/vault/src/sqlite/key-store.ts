import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ErasedKey } from '@deskside/domain';
import { SubjectErased } from '../subject-erased';
import { unwrapKey, wrapKey } from './text-cipher';
import { durably, leaveNoTraces } from './vault-file';

/** Item keys made at once: a chat line costs no write of its own. */
const block = 32;
/** Unwrapped keys kept in memory. */
const keptKeys = 20_000;

type Owner = Pick<ErasedKey, 'subject' | 'class'>;

/** The keys of one vault file, unwrapped in memory while they are used. */
export class KeyStore {
  readonly #db: DatabaseSync;
  readonly #master: Buffer;
  readonly #statements: Readonly<Record<keyof typeof sql, StatementSync>>;
  readonly #keys = new Map<string, Buffer>();
  /** Items of blocks that this process made and has not handed out. */
  readonly #unused = new Map<string, number[]>();
  #dataVersion: unknown;

  constructor(db: DatabaseSync, master: Buffer) {
    this.#db = db;
    this.#master = master;
    const prepared = Object.entries(sql).map(([name, text]) => [name, db.prepare(text)]);
    this.#statements = Object.fromEntries(prepared) as Record<keyof typeof sql, StatementSync>;
  }

  /** The key, or null when it was destroyed or never made. */
  find(key: ErasedKey): Buffer | null {
    this.#notice();
    const name = nameOf(key);
    const kept = this.#keys.get(name);
    if (kept !== undefined) return kept;
    const row =
      key.item === undefined
        ? this.#statements.subjectKey.get(key.subject, key.class)
        : this.#statements.itemKey.get(key.subject, key.class, key.item);
    if (row === undefined) return null;
    return this.#keep(name, unwrapKey(this.#master, row['wrapped'] as Uint8Array, name));
  }

  /** Makes the subjects' keys that are missing and enough item keys, in one durable write if any is needed. @throws SubjectErased */
  ensure(subjects: readonly Owner[], items: ReadonlyMap<string, { owner: Owner; count: number }>): void {
    const missing = subjects.filter((owner) => this.find(owner) === null);
    const short = [...items.values()].filter(
      ({ owner, count }) => (this.#unused.get(nameOf(owner))?.length ?? 0) < count,
    );
    for (const owner of [...missing, ...[...items.values()].map((item) => item.owner)]) this.#refuseErased(owner);
    if (missing.length === 0 && short.length === 0) return;
    durably(this.#db, () => {
      for (const owner of missing) this.#make(owner);
      for (const { owner, count } of short) this.#makeBlock(owner, Math.max(block, count));
    });
  }

  /** A key that no text has used; `ensure` was asked for it. @throws SubjectErased when it was destroyed since. */
  nextItem(owner: Owner): number {
    const item = this.#unused.get(nameOf(owner))?.shift();
    if (item === undefined) throw new SubjectErased(owner.subject, owner.class);
    return item;
  }

  destroy(keys: readonly ErasedKey[]): void {
    if (keys.length === 0) return;
    durably(this.#db, () => {
      for (const key of keys) this.#destroyOne(key);
    });
    for (const key of keys) this.#forget(key);
    leaveNoTraces(this.#db);
  }

  #destroyOne({ subject, class: personalClass, item }: ErasedKey): void {
    if (item !== undefined) return void this.#statements.dropItem.run(subject, personalClass, item);
    this.#statements.dropSubject.run(subject, personalClass);
    this.#statements.dropItems.run(subject, personalClass);
    this.#statements.dropNext.run(subject, personalClass);
    this.#statements.markErased.run(markOf({ subject, class: personalClass }));
  }

  /** Another connection has written: a key kept here may be gone there. */
  #notice(): void {
    const version = this.#statements.dataVersion.get()?.['data_version'];
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.#keys.clear();
  }

  /** Only what is destroyed: a text that is just being sealed for somebody else keeps its key. */
  #forget(erased: ErasedKey): void {
    const name = nameOf(erased);
    const ofSubject = `${name.slice(0, -1)},`;
    for (const [kept, key] of this.#keys) {
      if (kept !== name && !(erased.item === undefined && kept.startsWith(ofSubject))) continue;
      key.fill(0);
      this.#keys.delete(kept);
    }
    if (erased.item === undefined) this.#unused.delete(name);
  }

  #refuseErased(owner: Owner): void {
    if (this.#statements.isErased.get(markOf(owner)) !== undefined) throw new SubjectErased(owner.subject, owner.class);
  }

  #make(owner: Owner): void {
    const name = nameOf(owner);
    const key = randomBytes(32);
    this.#statements.addSubject.run(owner.subject, owner.class, wrapKey(this.#master, key, name));
    this.#keep(name, key);
  }

  #makeBlock(owner: Owner, count: number): void {
    const { subject, class: personalClass } = owner;
    const first = Number(this.#statements.next.get(subject, personalClass)?.['next'] ?? 0);
    this.#statements.setNext.run(subject, personalClass, first + count);
    const made = Array.from({ length: count }, (_, index) => first + index);
    for (const item of made) {
      const name = nameOf({ ...owner, item });
      const key = randomBytes(32);
      this.#statements.addItem.run(subject, personalClass, item, wrapKey(this.#master, key, name));
      this.#keep(name, key);
    }
    this.#unused.set(nameOf(owner), [...(this.#unused.get(nameOf(owner)) ?? []), ...made]);
  }

  #keep(name: string, key: Buffer): Buffer {
    if (this.#keys.size >= keptKeys) this.#keys.clear();
    this.#keys.set(name, key);
    return key;
  }
}

const sql = {
  dataVersion: 'PRAGMA data_version',
  subjectKey: 'SELECT wrapped FROM subject_keys WHERE subject = ? AND class = ?',
  itemKey: 'SELECT wrapped FROM item_keys WHERE subject = ? AND class = ? AND item = ?',
  addSubject: 'INSERT INTO subject_keys (subject, class, wrapped) VALUES (?, ?, ?)',
  addItem: 'INSERT INTO item_keys (subject, class, item, wrapped) VALUES (?, ?, ?, ?)',
  next: 'SELECT next FROM next_items WHERE subject = ? AND class = ?',
  setNext:
    'INSERT INTO next_items (subject, class, next) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next = excluded.next',
  dropSubject: 'DELETE FROM subject_keys WHERE subject = ? AND class = ?',
  dropItem: 'DELETE FROM item_keys WHERE subject = ? AND class = ? AND item = ?',
  dropItems: 'DELETE FROM item_keys WHERE subject = ? AND class = ?',
  dropNext: 'DELETE FROM next_items WHERE subject = ? AND class = ?',
  isErased: 'SELECT 1 FROM erased WHERE owner = ?',
  markErased: 'INSERT INTO erased (owner) VALUES (?) ON CONFLICT DO NOTHING',
} as const;

/** Name of a key; the associated data of its wrapping. */
export function nameOf({ subject, class: personalClass, item }: ErasedKey): string {
  return JSON.stringify(item === undefined ? [subject, personalClass] : [subject, personalClass, item]);
}

/** What stays of an erased subject: a hash, so that no key is ever made for it again. */
function markOf(owner: Owner): Buffer {
  return createHash('sha256').update(nameOf(owner)).digest();
}
