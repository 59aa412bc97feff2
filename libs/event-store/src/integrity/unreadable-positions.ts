/** Ranges that are kept apart: far more than anybody reads, and no burden. */
const MOST_RANGES = 10_000;

interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

export interface UnreadableRange extends Range {
  readonly why: string;
}

/** Positions of events that cannot be read. Those that follow one another for the same reason cost no more than one does. */
export class UnreadablePositions {
  readonly #ranges: UnreadableRange[] = [];
  readonly #most: number;
  #size = 0;
  /** From here on there may be others than those that are kept; up to there they were counted. */
  #others: Range | null = null;

  constructor(most = MOST_RANGES) {
    this.#most = most;
  }

  get size(): number {
    return this.#size;
  }

  /** In their order; of too many not all. */
  get ranges(): readonly UnreadableRange[] {
    return this.#ranges;
  }

  has(position: bigint): boolean {
    return this.#isAmongOthers(position) || this.#rangeAt(position) !== undefined;
  }

  add(position: bigint, why: string): void {
    const at = this.#indexOf(position);
    const next = this.#ranges[at];
    if (next !== undefined && next.from <= position) return;
    if (!this.#extend(at, position, why)) {
      if (this.#ranges.length >= this.#most) return this.#addToOthers(position);
      this.#ranges.splice(at, 0, { from: position, to: position, why });
    }
    this.#size += 1;
  }

  /** The positions between these two, apart: those where an event stands that cannot be read, and those where none does. */
  holesBetween(before: bigint, behind: bigint): readonly (Range & { readonly isUnreadable: boolean })[] {
    const holes: (Range & { isUnreadable: boolean })[] = [];
    let next = before + 1n;
    const empty = (to: bigint): void => {
      if (next > to) return;
      holes.push({ from: next, to, isUnreadable: this.#isAmongOthers(to) });
    };
    for (let at = this.#indexOf(next); next < behind; at++) {
      const range = this.#ranges[at];
      if (range === undefined || range.from >= behind) break;
      empty(range.from - 1n);
      holes.push({ from: range.from, to: range.to, isUnreadable: true });
      next = range.to + 1n;
    }
    empty(behind - 1n);
    return holes;
  }

  /** Whether it follows, or is followed by, one that cannot be read for the same reason. */
  #extend(at: number, position: bigint, why: string): boolean {
    const before = joining(this.#ranges[at - 1], why, { to: position - 1n });
    const next = joining(this.#ranges[at], why, { from: position + 1n });
    if (before.length + next.length === 0) return false;
    const joined = [...before, { from: position, to: position }, ...next];
    const range = { from: (joined[0] as Range).from, to: (joined.at(-1) as Range).to, why };
    this.#ranges.splice(at - before.length, before.length + next.length, range);
    return true;
  }

  /** The log is read in its order, and perhaps once more. */
  #addToOthers(position: bigint): void {
    if (this.#others !== null && position <= this.#others.to) return;
    this.#others = { from: this.#others?.from ?? position, to: position };
    this.#size += 1;
  }

  #isAmongOthers(position: bigint): boolean {
    return this.#others !== null && position >= this.#others.from;
  }

  #rangeAt(position: bigint): UnreadableRange | undefined {
    const range = this.#ranges[this.#indexOf(position)];
    return range !== undefined && range.from <= position ? range : undefined;
  }

  /** Of the first range that does not end before it. */
  #indexOf(position: bigint): number {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle] as UnreadableRange).to < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The range, if it is one for this reason and has this edge. */
function joining(range: UnreadableRange | undefined, why: string, edge: Partial<Range>): readonly UnreadableRange[] {
  if (range?.why !== why) return [];
  return range.from === edge.from || range.to === edge.to ? [range] : [];
}
