import type { ErasedKey } from '@deskside/domain';
import { KeyCache } from './key-cache';
import { keyName, ownerName } from './key-owner';
import type { KeyOwner } from './key-owner';
import type { KeyReader } from './key-reader';

const KEYS_KEPT = 10_000;

/** Unwrapped keys in memory, read from the file when they are wanted. */
export class KnownKeys {
  readonly #file: KeyReader;
  readonly #keys = new KeyCache<Uint8Array>(KEYS_KEPT);
  /** Keys that are being destroyed: the file still has them until that is written. */
  readonly #going = new Map<string, number>();
  #destructions: unknown;
  #looked = false;

  constructor(file: KeyReader) {
    this.#file = file;
  }

  /** The key, or undefined when it was destroyed, is being destroyed, or was never made. Throws SQLite's BUSY. */
  find(owner: KeyOwner, item: number): Uint8Array | undefined {
    const name = keyName(owner, item);
    if (this.#isDestroying(owner, item)) return undefined;
    this.#lookOnceATurn();
    const known = this.#keys.get(name);
    if (known) return known;
    const key = this.#file.read(owner, item);
    if (key) this.#keys.set(name, key);
    return key;
  }

  /** As against a key that was never made or got lost. Throws SQLite's BUSY. */
  isDestroyed(owner: KeyOwner, item: number): boolean {
    return this.#isDestroying(owner, item) || this.#file.isDestroyed(owner, item);
  }

  remember(owner: KeyOwner, item: number, key: Uint8Array): void {
    if (!this.isGoing(owner)) this.#keys.set(keyName(owner, item), key);
  }

  /** True while all of an owner's keys are being destroyed. */
  isGoing(owner: KeyOwner): boolean {
    return this.#going.size > 0 && this.#going.has(ownerName(owner));
  }

  /** From here on nothing can be sealed or opened with these keys. @returns what to call once the file has been asked. */
  forget(keys: readonly ErasedKey[]): () => void {
    for (const key of keys) {
      if (key.item === undefined) this.#keys.deletePrefix(ownerName(key));
      else this.#keys.delete(keyName(key, key.item));
      this.#count(key, 1);
    }
    return () => {
      for (const key of keys) this.#count(key, -1);
    };
  }

  #isDestroying(owner: KeyOwner, item: number): boolean {
    return this.isGoing(owner) || this.#going.has(keyName(owner, item));
  }

  #count(key: ErasedKey, by: 1 | -1): void {
    const name = key.item === undefined ? ownerName(key) : keyName(key, key.item);
    const count = (this.#going.get(name) ?? 0) + by;
    if (count > 0) this.#going.set(name, count);
    else this.#going.delete(name);
  }

  /** A key that another process destroyed is gone here in the next turn of the event loop at the latest. */
  #lookOnceATurn(): void {
    if (this.#looked) return;
    const destructions = this.#file.destructions();
    if (destructions !== this.#destructions) this.#keys.clear();
    this.#destructions = destructions;
    this.#looked = true;
    setImmediate(() => (this.#looked = false));
  }
}
