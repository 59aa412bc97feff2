/**
 * Short work, done one piece per owner in each turn of the event loop, so that whoever sends a thousand at once delays the
 * others by one. The pieces of one owner keep their order. For work that takes long see `FairTurns`.
 */
export class LoopTurns {
  /** Whoever had work done in this turn, with what they have waiting. */
  readonly #owners = new Map<string, (() => void)[]>();

  /** Owners with work done in this turn or waiting; for tests. */
  get size(): number {
    return this.#owners.size;
  }

  /**
   * Done before this returns when it is the owner's first in this turn. How many may wait is bounded by who calls it: by
   * the connections and the requests on each, by the messages that a person may send.
   */
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
    // Planned first, so that work that throws does not stop the rest.
    if (this.#owners.size > 0) setImmediate(() => this.#turn());
    for (const waiting of works) waiting.shift()?.();
  }
}
