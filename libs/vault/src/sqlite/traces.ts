import { VaultUnavailable } from '../vault-unavailable';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Whether bytes of what was removed may still stand in the write-ahead log, and who waits until they do not. */
export class Traces {
  #areLeft = true;
  #isClosed = false;
  #waiting: Waiting[] = [];

  left(): void {
    this.#areLeft = true;
  }

  gone(): void {
    this.#areLeft = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { resolve } of waiting) resolve();
  }

  /** Settles when nothing is left of what had been removed before. @throws VaultUnavailable after `close`. */
  whenGone(): Promise<void> {
    if (!this.#areLeft) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (this.#isClosed) this.close();
    });
  }

  close(): void {
    this.#isClosed = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(new VaultUnavailable('it is closed'));
  }
}
