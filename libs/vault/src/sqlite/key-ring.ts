import type { ErasedKey, SealedText, UnsealedText } from '@deskside/domain';
import { sealText } from '../text-cipher';
import type { PreparedSealing } from '../vault';
import { KeyCache } from './key-cache';
import { BLOCK, ownerName, SHARED } from './key-owner';
import type { ItemKey, KeyOwner } from './key-owner';
import type { KeysToMake } from './key-writer';
import type { KnownKeys } from './known-keys';

/** Subjects whose unused item keys are kept; a session that is put out takes a new block when it goes on. */
const POOLS_KEPT = 1000;

/** The keys that texts are sealed with: shared ones, and the item keys that this process may hand out. */
export class KeyRing {
  readonly #known: KnownKeys;
  readonly #pools = new KeyCache<ItemKey[]>(POOLS_KEPT);

  constructor(known: KnownKeys) {
    this.#known = known;
  }

  /** What these texts need and nobody has made yet, most often nothing. Throws SQLite's BUSY. */
  lackOf(texts: readonly UnsealedText[]): readonly KeysToMake[] {
    const owners = new Map<string, { owner: KeyOwner; shared: boolean; items: number }>();
    for (const text of texts) {
      const name = ownerName(text);
      const { shared, items } = owners.get(name) ?? { shared: false, items: 0 };
      const wanted = text.ownKey ? { shared, items: items + 1 } : { shared: true, items };
      owners.set(name, { owner: { subject: text.subject, class: text.class }, ...wanted });
    }
    return [...owners].flatMap(([name, { owner, shared, items }]) => {
      const missing = items - (this.#pools.get(name)?.length ?? 0);
      const blocks = Math.max(0, Math.ceil(missing / BLOCK));
      const lacksShared = shared && !this.#known.find(owner, SHARED);
      return blocks > 0 || lacksShared ? [{ owner, shared: lacksShared, blocks }] : [];
    });
  }

  /** Keys for these texts, or undefined, and none taken, when some have to be made first. Throws SQLite's BUSY. */
  prepare(texts: readonly UnsealedText[]): PreparedSealing | undefined {
    if (this.lackOf(texts).length > 0) return undefined;
    const prepared = new Map(texts.map((text) => [text, this.#keyFor(text)]));
    return {
      seal: (text, place): SealedText => {
        const own = prepared.get(text);
        if (!own) throw new Error('A text was to be sealed that no key was prepared for.');
        return sealText(own.key, text, own.item === SHARED ? place : { ...place, item: own.item });
      },
    };
  }

  /** Takes in item keys that were made, unless their owner's keys have begun to be destroyed meanwhile. */
  fill(owner: KeyOwner, keys: readonly ItemKey[]): void {
    if (this.#known.isGoing(owner)) return;
    const name = ownerName(owner);
    this.#pools.set(name, [...(this.#pools.get(name) ?? []), ...keys]);
  }

  /** As `KnownKeys.forget`, with the item keys that are not handed out yet. */
  forget(keys: readonly ErasedKey[]): () => void {
    for (const key of keys) if (key.item === undefined) this.#pools.delete(ownerName(key));
    return this.#known.forget(keys);
  }

  #keyFor(text: UnsealedText): ItemKey {
    const own = text.ownKey ? this.#pools.get(ownerName(text))?.shift() : this.#shared(text);
    if (!own) throw new Error('A key is missing that was there a moment ago.');
    if (text.ownKey) this.#known.remember(text, own.item, own.key);
    return own;
  }

  #shared(owner: KeyOwner): ItemKey | undefined {
    const key = this.#known.find(owner, SHARED);
    return key && { item: SHARED, key };
  }
}
