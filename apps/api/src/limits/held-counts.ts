/** Gives back what was held; a second call changes nothing. */
export type Release = () => void;

/** Owner of what is counted for all together. */
export const everybody = 'everybody';

/** How many of one thing each owner holds at this moment. An owner who holds none costs nothing. */
export class HeldCount {
  readonly #held = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** Owners who hold something; for figures and tests. */
  get size(): number {
    return this.#held.size;
  }

  of(owner: string): number {
    return this.#held.get(owner) ?? 0;
  }

  /** Null when the owner would hold more than they may. @param amount how many at once; 0 is always given */
  hold(owner: string, amount = 1): Release | null {
    const held = this.of(owner);
    if (amount > 0 && held + amount > this.most) return null;
    if (amount > 0) this.#held.set(owner, held + amount);
    let isHeld = amount > 0;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#giveBack(owner, amount);
    };
  }

  #giveBack(owner: string, amount: number): void {
    const left = this.of(owner) - amount;
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
