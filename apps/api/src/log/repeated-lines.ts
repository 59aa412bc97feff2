/** One line of the log, but for when it was written. */
export interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  /** What goes with it. The same message with other facts is another line. */
  readonly facts: object;
}

/** The same line is written so many times in a minute; what comes after is counted. */
const timesWritten = 10;
/** Lines that are told apart in a minute; all others are counted as one. */
const linesKnown = 100;
const minute = 60_000;

const others = 'other lines';

/**
 * Whoever finds out how to make the server complain could fill its disk by asking again and again, and nobody would find
 * the one line that matters. So each line has a share of each minute, and memory for it is bounded.
 */
export class RepeatedLines {
  readonly #seen = new Map<string, { readonly line: Line; times: number }>();

  /** @param tell takes, at the end of a minute, each line that came too often, and how often it was not written */
  constructor(private readonly tell: (line: Line, more: number) => void) {}

  /** True when it is to be written now. */
  take(line: Line, told: string): boolean {
    if (this.#seen.size === 0) setTimeout(() => this.#endMinute(), minute).unref();
    const key = `${line.level} ${line.message} ${told}`;
    const counted = this.#seen.get(key) ?? this.#begin(key, line);
    counted.times += 1;
    return counted.times <= timesWritten;
  }

  #begin(key: string, line: Line): { times: number } {
    const isKnown = this.#seen.size < linesKnown;
    const begun = { line: isKnown ? line : { ...line, message: others, facts: {} }, times: 0 };
    const kept = isKnown ? undefined : this.#seen.get(others);
    if (kept === undefined) this.#seen.set(isKnown ? key : others, begun);
    return kept ?? begun;
  }

  #endMinute(): void {
    const seen = [...this.#seen.values()];
    this.#seen.clear();
    for (const { line, times } of seen) if (times > timesWritten) this.tell(line, times - timesWritten);
  }
}
