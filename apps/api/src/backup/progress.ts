/** Where progress is shown: a terminal, or what keeps every line. */
interface Shown {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How far a long work has come: one line that is written anew on a terminal, otherwise a line for every tenth. */
export class Progress {
  #last = 0;

  /** @param what is done of all of it, such as `9 MB copied` */
  constructor(
    private readonly to: Shown,
    private readonly what: (total: number) => string,
  ) {}

  show(done: number, total: number): void {
    const share = Math.floor((done / total) * 100);
    const step = this.to.isTTY ? share : Math.floor(share / 10) * 10;
    // The same work has begun once more.
    if (step < this.#last) this.#last = 0;
    // What is done at once has not come far: it is over.
    const isAtOnce = this.#last === 0 && done >= total;
    if (step <= this.#last || isAtOnce) return;
    this.#last = step;
    const line = `${step} % of ${this.what(total)}`;
    this.to.write(this.to.isTTY ? `\r${line}` : `${line}\n`);
  }

  /** What comes next has a line of its own. */
  end(): void {
    if (this.#last > 0 && this.to.isTTY) this.to.write('\n');
    this.#last = 0;
  }
}
