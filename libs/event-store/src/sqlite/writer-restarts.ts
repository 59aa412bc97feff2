const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 60_000;

/** When a writer that has died is started again: at once, and later each time it dies without having written anything. */
export class WriterRestarts {
  #deaths = 0;
  #timer: NodeJS.Timeout | undefined;

  /** It has written: what killed its predecessor did not kill it. */
  wrote(): void {
    this.#deaths = 0;
  }

  /** @returns whether it is at once, so that whoever appends meanwhile may wait for it. */
  plan(restart: () => void): boolean {
    const pause = this.#deaths === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#deaths - 1));
    this.#deaths += 1;
    this.#timer = setTimeout(restart, pause);
    return pause === 0;
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}
