import type { ErasedKey, SealedText, UnsealedText } from '@deskside/domain';
import { SubjectErased } from '../subject-erased';
import { sealText } from '../text-cipher';
import type { PreparedSealing } from '../vault';
import { KeyCache } from './key-cache';
import { BLOCK, SHARED } from './key-file';
import type { ItemKey, KeyFile, KeyOwner } from './key-file';

const KEYS_KEPT = 10_000;
/** Subjects whose unused item keys are kept; a session that is put out takes a new block when it goes on. */
const POOLS_KEPT = 1000;

/** Subjects and classes are made by the server and hold no line breaks. */
const ownerName = (owner: KeyOwner): string => `${owner.class}\n${owner.subject}\n`;
const keyName = (owner: KeyOwner, item: number): string => `${owner.class}\n${owner.subject}\n${item}`;

/** What texts need and nobody has made yet: shared keys, and blocks of item keys (one entry a block). */
interface Lack {
  readonly shared: readonly KeyOwner[];
  readonly blocks: readonly KeyOwner[];
}

/** Unwrapped keys in memory, and the item keys that this process may hand out. */
export class KeyRing {
  readonly #file: KeyFile;
  readonly #keys = new KeyCache<Uint8Array>(KEYS_KEPT);
  readonly #pools = new KeyCache<ItemKey[]>(POOLS_KEPT);
  #looked = false;

  constructor(file: KeyFile) {
    this.#file = file;
  }

  /** True when `prepare` needs no write. */
  holdsAllFor(texts: readonly UnsealedText[]): boolean {
    const { shared, blocks } = this.#lack(texts);
    return shared.length + blocks.length === 0;
  }

  /** One durable write for all that these texts lack; most often none at all. @throws SubjectErased; then nothing is made. */
  makeMissing(texts: readonly UnsealedText[]): void {
    const { shared, blocks } = this.#lack(texts);
    if (shared.length + blocks.length === 0) return;
    const made = this.#file.make(shared, blocks);
    blocks.forEach((owner, index) => {
      const pool = this.#pools.get(ownerName(owner)) ?? [];
      this.#pools.set(ownerName(owner), [...pool, ...(made[index] ?? [])]);
    });
  }

  /** @throws SubjectErased when a key that is needed was destroyed. */
  prepare(texts: readonly UnsealedText[]): PreparedSealing {
    this.makeMissing(texts);
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
    this.#lookOnceATurn();
    const name = keyName(owner, item);
    const known = this.#keys.get(name);
    if (known) return known;
    const key = this.#file.read(owner, item);
    if (key) this.#keys.set(name, key);
    return key;
  }

  /** Drops what is in memory first: from here on nothing can be sealed or opened with these keys. */
  destroy(keys: readonly ErasedKey[]): void {
    for (const key of keys) this.#forget(key);
    this.#file.destroy(keys);
  }

  /** A key that another process destroyed is gone here in the next turn of the event loop at the latest. */
  #lookOnceATurn(): void {
    if (this.#looked) return;
    this.#looked = true;
    setImmediate(() => (this.#looked = false));
    if (this.#file.changedElsewhere()) this.#keys.clear();
  }

  #lack(texts: readonly UnsealedText[]): Lack {
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
    return { shared: [...shared.values()], blocks };
  }

  #keyFor(text: UnsealedText): ItemKey {
    if (!text.ownKey) {
      const key = this.find(text, SHARED);
      if (key) return { item: SHARED, key };
    }
    const own = text.ownKey ? this.#pools.get(ownerName(text))?.shift() : undefined;
    if (!own) throw new SubjectErased(text);
    this.#keys.set(keyName(text, own.item), own.key);
    return own;
  }

  #forget(key: ErasedKey): void {
    if (key.item !== undefined) return this.#keys.delete(keyName(key, key.item));
    this.#keys.deletePrefix(ownerName(key));
    return this.#pools.delete(ownerName(key));
  }
}
