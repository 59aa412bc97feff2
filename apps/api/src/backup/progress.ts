/** Where progress is shown: a terminal, or what keeps every line. */
interface Shown {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How far a copy has come: one line that is written anew on a terminal, otherwise a line for every tenth. */
export class Progress {
  #last = 0;

  constructor(private readonly to: Shown) {}

  show(copied: number, total: number): void {
    const share = Math.floor((copied / total) * 100);
    const step = this.to.isTTY ? share : Math.floor(share / 10) * 10;
    if (step <= this.#last) return;
    this.#last = step;
    const line = `${step} % of ${Math.ceil(total / 1024 / 1024)} MB copied`;
    this.to.write(this.to.isTTY ? `\r${line}` : `${line}\n`);
  }

  /** What comes next has a line of its own. */
  end(): void {
    if (this.#last > 0 && this.to.isTTY) this.to.write('\n');
  }
}
