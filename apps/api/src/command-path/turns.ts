/** Work of one key is done one piece after the other, in the order in which it was asked for; other keys go on beside it. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Work must not ask for another turn of its own key: it would wait for itself. */
  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    const settled = turn.catch(() => undefined);
    this.#last.set(key, settled);
    void settled.then(() => {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    });
    return turn;
  }
}
