import type { Revision, StreamName } from '../event-store';

export interface RevisionRange {
  readonly stream: StreamName;
  readonly from: Revision;
  readonly to: Revision;
}

/** Revisions of many streams; those of one stream that follow one another cost no more than one does. */
export class RevisionRanges {
  readonly #ranges = new Map<StreamName, { from: Revision; to: Revision }[]>();

  get isEmpty(): boolean {
    return this.#ranges.size === 0;
  }

  add(stream: StreamName, revision: Revision): void {
    const ranges = this.#ranges.get(stream) ?? [];
    const last = ranges.at(-1);
    if (last !== undefined && last.to + 1n === revision) last.to = revision;
    else ranges.push({ from: revision, to: revision });
    this.#ranges.set(stream, ranges);
  }

  /** Takes it out. @returns whether it was there */
  take(stream: StreamName, revision: Revision): boolean {
    const ranges = this.#ranges.get(stream) ?? [];
    const at = ranges.findIndex(({ from, to }) => from <= revision && revision <= to);
    const found = ranges[at];
    if (found === undefined) return false;
    const left = [
      { from: found.from, to: revision - 1n },
      { from: revision + 1n, to: found.to },
    ];
    ranges.splice(at, 1, ...left.filter(({ from, to }) => from <= to));
    if (ranges.length === 0) this.#ranges.delete(stream);
    return true;
  }

  *[Symbol.iterator](): Generator<RevisionRange, void> {
    for (const [stream, ranges] of this.#ranges) {
      const sorted = ranges.sort((a, b) => Number(a.from - b.from));
      for (const { from, to } of joined(sorted)) yield { stream, from, to };
    }
  }
}

function joined<Range extends { readonly from: Revision; to: Revision }>(sorted: readonly Range[]): readonly Range[] {
  const found: Range[] = [];
  for (const range of sorted) {
    const last = found.at(-1);
    if (last !== undefined && last.to + 1n === range.from) last.to = range.to;
    else found.push({ ...range });
  }
  return found;
}
