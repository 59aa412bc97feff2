interface FairTurnsOptions {
  /** Works that run at the same time. */
  readonly atOnce: number;
  /** Works of one owner that may wait. */
  readonly mostWaiting: number;
  /** What the owner of one more is told. */
  readonly refusal: () => Error;
}

/**
 * Costly work, done owner by owner in a circle: whoever asks for a thousand things waits for themselves, and everybody
 * else for one work of theirs at most. Between two works the event loop comes to everything that waits there.
 */
export class FairTurns {
  /** The owner whose turn is next comes first. */
  readonly #waiting = new Map<string, (() => Promise<void>)[]>();
  #running = 0;

  constructor(private readonly options: FairTurnsOptions) {}

  /** @throws (rejects with) the refusal when the owner has too much waiting, and what the work throws */
  run<T>(owner: string, work: () => Promise<T>): Promise<T> {
    const own = this.#waiting.get(owner) ?? [];
    if (own.length >= this.options.mostWaiting) return Promise.reject(this.options.refusal());
    return new Promise<T>((resolve, reject) => {
      own.push(() => Promise.resolve().then(work).then(resolve, reject));
      this.#waiting.set(owner, own);
      this.#begin();
    });
  }

  #begin(): void {
    if (this.#running >= this.options.atOnce) return;
    const next = this.#next();
    if (next === undefined) return;
    this.#running += 1;
    void next().then(() =>
      setImmediate(() => {
        this.#running -= 1;
        this.#begin();
      }),
    );
  }

  #next(): (() => Promise<void>) | undefined {
    const first = this.#waiting.entries().next();
    if (first.done) return undefined;
    const [owner, own] = first.value;
    const work = own.shift();
    this.#waiting.delete(owner);
    if (own.length > 0) this.#waiting.set(owner, own);
    return work;
  }
}
