/** With more than this waiting, a slow watcher is cut off and comes back with their last revision. */
export const mailboxLimit = 5000;

/** What is pushed here comes out in order by `for await`; ends with `end` or when the consumer returns. */
export class Mailbox<T> implements AsyncIterableIterator<T> {
  #items: T[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(private readonly onEnd: () => void = () => undefined) {}

  push(item: T): void {
    if (this.#ended) return;
    this.#items.push(item);
    if (this.#items.length > mailboxLimit) this.end();
    this.#wake?.();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.onEnd();
    this.#wake?.();
  }

  /** Everything that waits, at least one; null at the end. */
  async take(): Promise<readonly T[] | null> {
    while (this.#items.length === 0) {
      if (this.#ended) return null;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const items = this.#items;
    this.#items = [];
    return items;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    while (this.#items.length === 0) {
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return { done: false, value: this.#items.shift() as T };
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
