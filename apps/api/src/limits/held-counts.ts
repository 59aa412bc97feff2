/** Gives back what was held; a second call changes nothing. */
export type Release = () => void;

/** Owner of what is counted for all together. */
export const everybody = 'everybody';

/** How many of one thing each owner holds at this moment. An owner who holds none costs nothing. */
export class HeldCount {
  readonly #held = new Map<string, number>();

  constructor(readonly most: number) {}

  /** Owners who hold something; for figures and tests. */
  get size(): number {
    return this.#held.size;
  }

  of(owner: string): number {
    return this.#held.get(owner) ?? 0;
  }

  /** Null when the owner holds all that they may. */
  hold(owner: string): Release | null {
    const held = this.of(owner);
    if (held >= this.most) return null;
    this.#held.set(owner, held + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#giveBack(owner);
    };
  }

  #giveBack(owner: string): void {
    const left = this.of(owner) - 1;
    if (left > 0) this.#held.set(owner, left);
    else this.#held.delete(owner);
  }
}

/** All of these or none. */
export function holdAll(holds: readonly (() => Release | null)[]): Release | null {
  const held: Release[] = [];
  const release = (): void => {
    for (const one of held) one();
  };
  for (const hold of holds) {
    const one = hold();
    if (one === null) {
      release();
      return null;
    }
    held.push(one);
  }
  return release;
}
