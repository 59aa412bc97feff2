/**
 * One piece of work at a time, each with an end. Work on a share that hangs cannot be called off and holds one of the few
 * threads that all file work of the process shares: as long as it does, nothing else is begun there.
 */
export class InTurn {
  readonly #ms: number;
  #last: Promise<unknown> = Promise.resolve();

  /** @param ms the end of each piece, its waiting for the one before included */
  constructor(ms = 10_000) {
    this.#ms = ms;
  }

  /** @throws when it has not ended in time, or could not begin */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const late = (): Error => new Error(`it has given no answer for ${this.#ms / 1000} seconds`);
    let isOver = false;
    const begun = this.#last.then(() => {
      if (isOver) throw late();
      return work();
    });
    this.#last = begun.catch(() => undefined);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        isOver = true;
        reject(late());
      }, this.#ms);
      begun.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}
