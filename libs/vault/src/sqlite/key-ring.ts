import type { ErasedKey, SealedText, UnsealedText } from '@deskside/domain';
import { SubjectErased } from '../subject-erased';
import { sealText } from '../text-cipher';
import type { PreparedSealing } from '../vault';
import { BLOCK, SHARED } from './key-file';
import type { ItemKey, KeyFile, KeyOwner } from './key-file';

const KEYS_KEPT = 10_000;
/** Subjects whose unused item keys are kept; a session that is put out takes a new block when it goes on. */
const POOLS_KEPT = 1000;

const ownerName = (owner: KeyOwner): string => JSON.stringify([owner.subject, owner.class]);
const keyName = (owner: KeyOwner, item: number): string => JSON.stringify([owner.subject, owner.class, item]);

/** Puts out what was used longest ago. */
function keepNewest(map: Map<string, unknown>, most: number): void {
  for (const name of map.keys()) {
    if (map.size <= most) return;
    map.delete(name);
  }
}

/** Unwrapped keys in memory, and the item keys that this process may hand out. */
export class KeyRing {
  readonly #file: KeyFile;
  readonly #keys = new Map<string, Uint8Array>();
  readonly #pools = new Map<string, ItemKey[]>();

  constructor(file: KeyFile) {
    this.#file = file;
  }

  /** @throws SubjectErased when a key that is needed was destroyed. */
  prepare(texts: readonly UnsealedText[]): PreparedSealing {
    this.#makeMissing(texts);
    const prepared = new Map(texts.map((text) => [text, this.#keyFor(text)]));
    return {
      seal: (text, place): SealedText => {
        const own = prepared.get(text);
        if (!own) throw new Error('A text was to be sealed that no key was prepared for.');
        return sealText(own.key, text, own.item === SHARED ? place : { ...place, item: own.item });
      },
    };
  }

  /** The key, or undefined when it was destroyed or never made. */
  find(owner: KeyOwner, item: number): Uint8Array | undefined {
    if (this.#file.changedElsewhere()) this.#keys.clear();
    const name = keyName(owner, item);
    const key = this.#keys.get(name) ?? this.#file.read(owner, item);
    if (key) this.#keep(name, key);
    return key;
  }

  /** Drops what is in memory first: from here on nothing can be sealed or opened with these keys. */
  destroy(keys: readonly ErasedKey[]): void {
    for (const key of keys) this.#forget(key);
    this.#file.destroy(keys);
  }

  /** One durable write for all that these texts lack; most often none at all. */
  #makeMissing(texts: readonly UnsealedText[]): void {
    const shared = new Map<string, KeyOwner>();
    const wanted = new Map<string, { owner: KeyOwner; count: number }>();
    for (const text of texts) {
      const name = ownerName(text);
      if (text.ownKey) wanted.set(name, { owner: text, count: (wanted.get(name)?.count ?? 0) + 1 });
      else if (!this.find(text, SHARED)) shared.set(name, text);
    }
    const blocks = [...wanted].flatMap(([name, { owner, count }]) => {
      const missing = count - (this.#pools.get(name)?.length ?? 0);
      return new Array<KeyOwner>(Math.max(0, Math.ceil(missing / BLOCK))).fill(owner);
    });
    if (shared.size + blocks.length === 0) return;
    const made = this.#file.make([...shared.values()], blocks);
    blocks.forEach((owner, index) => this.#addToPool(owner, made[index] ?? []));
  }

  #addToPool(owner: KeyOwner, items: readonly ItemKey[]): void {
    const name = ownerName(owner);
    const pool = this.#pools.get(name) ?? [];
    this.#pools.delete(name);
    this.#pools.set(name, [...pool, ...items]);
  }

  #keyFor(text: UnsealedText): ItemKey {
    const own = text.ownKey ? this.#pools.get(ownerName(text))?.shift() : undefined;
    if (own) {
      this.#keep(keyName(text, own.item), own.key);
      keepNewest(this.#pools, POOLS_KEPT);
      return own;
    }
    const key = this.find(text, SHARED);
    if (!key || text.ownKey) throw new SubjectErased(text);
    return { item: SHARED, key };
  }

  #keep(name: string, key: Uint8Array): void {
    this.#keys.delete(name);
    this.#keys.set(name, key);
    keepNewest(this.#keys, KEYS_KEPT);
  }

  #forget(key: ErasedKey): void {
    if (key.item !== undefined) {
      this.#keys.delete(keyName(key, key.item));
      return;
    }
    const prefix = `${ownerName(key).slice(0, -1)},`;
    for (const name of this.#keys.keys()) if (name.startsWith(prefix)) this.#keys.delete(name);
    this.#pools.delete(ownerName(key));
  }
}
