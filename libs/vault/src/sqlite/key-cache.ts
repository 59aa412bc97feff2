/**
 * Keeps what was used lately: between `most` and twice as many. Two generations instead of a list in order of use: a hit
 * costs one look, and what was not used while a generation filled goes with it.
 */
export class KeyCache<Kept> {
  readonly #most: number;
  #young = new Map<string, Kept>();
  #old = new Map<string, Kept>();

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string): Kept | undefined {
    const young = this.#young.get(name);
    if (young !== undefined) return young;
    const old = this.#old.get(name);
    if (old !== undefined) this.set(name, old);
    return old;
  }

  set(name: string, kept: Kept): void {
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(name, kept);
  }

  delete(name: string): void {
    this.#young.delete(name);
    this.#old.delete(name);
  }

  deletePrefix(prefix: string): void {
    for (const map of [this.#young, this.#old]) {
      for (const name of map.keys()) if (name.startsWith(prefix)) map.delete(name);
    }
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
  }
}
