/**
 * Small works that are done at once, one of each owner in a turn of the event loop: of whoever brings a thousand at the
 * same time the others wait for one. Those of one owner keep their order. For works that take long see `FairTurns`.
 */
export class LoopTurns {
  /** Whoever had a work done in this turn, with what they have waiting. */
  readonly #owners = new Map<string, (() => void)[]>();

  /** Owners with a work done in this turn or waiting; for figures and tests. */
  get size(): number {
    return this.#owners.size;
  }

  /** Done before this returns when it is the owner's first in this turn. Whoever calls this bounds how many may wait. */
  run(owner: string, work: () => void): void {
    const waiting = this.#owners.get(owner);
    if (waiting !== undefined) return void waiting.push(work);
    if (this.#owners.size === 0) setImmediate(() => this.#turn());
    this.#owners.set(owner, []);
    work();
  }

  #turn(): void {
    const works = [...this.#owners.values()];
    for (const [owner, waiting] of this.#owners) if (waiting.length === 0) this.#owners.delete(owner);
    // First of all: after a work that throws the others have theirs in the next turn.
    if (this.#owners.size > 0) setImmediate(() => this.#turn());
    for (const waiting of works) waiting.shift()?.();
  }
}
