/** Tells those that stand at the end of the log when it has grown. Nothing polls. */
export class HeadSignal {
  #head: bigint;
  #closed = false;
  readonly #waiting = new Set<() => void>();

  constructor(head: bigint) {
    this.#head = head;
  }

  get head(): bigint {
    return this.#head;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Older positions than the known one change nothing. */
  advance(head: bigint): void {
    if (head <= this.#head) return;
    this.#head = head;
    this.#wakeAll();
  }

  /** Settles when the head stands behind `position`, or at the abort or the close. */
  passes(position: bigint, signal: AbortSignal): Promise<void> {
    if (this.#head > position || this.#closed || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  close(): void {
    this.#closed = true;
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
