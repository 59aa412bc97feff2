import type { ListedEvent } from './event-list';

/** Rows that are kept apart. In a log of more nobody could read which events were moved. */
const MOST_ROWS = 20_000;
/** Events of each row that are named. */
const NAMED = 100;

/** Events that follow one another both where they stand and where they were written. */
interface Row {
  readonly met: number;
  readonly listed: number;
  length: number;
  readonly named: ListedEvent[];
}

export interface Moved {
  readonly events: readonly ListedEvent[];
  /** How many more there are. */
  readonly more: number;
}

/** Finds the fewest events that have to be put elsewhere to have all of them in their order. */
export class RowsOfEvents {
  /** By the place behind each, where the next one would have been written. */
  readonly #rows = new Map<number, Row>();
  #areTooMany = false;

  /** @param met where it stands @param listed where it was written */
  add(event: ListedEvent, met: number, listed: number): void {
    if (this.#areTooMany) return;
    const row = this.#rows.get(listed);
    if (row === undefined || row.met + row.length !== met)
      return this.#begin({ met, listed, length: 1, named: [event] });
    this.#rows.delete(listed);
    this.#rows.set(listed + 1, row);
    row.length += 1;
    if (row.named.length < NAMED) row.named.push(event);
  }

  /** Null when there are too many rows to tell. */
  moved(): Moved | null {
    if (this.#areTooMany) return null;
    const rows = [...this.#rows.values()].sort((a, b) => a.met - b.met);
    const stayed = heaviestRising(rows);
    const moved = rows.filter((row) => !stayed.has(row));
    const events = moved.flatMap(({ named }) => named);
    return { events, more: moved.reduce((sum, { length }) => sum + length, 0) - events.length };
  }

  #begin(row: Row): void {
    this.#rows.set(row.listed + 1, row);
    this.#areTooMany = this.#rows.size > MOST_ROWS;
    if (this.#areTooMany) this.#rows.clear();
  }
}

interface Link {
  readonly row: Row;
  readonly weight: number;
  readonly before: Link | undefined;
}

/** Those of them that have the most events and stand in the order in which they were written. */
function heaviestRising(rows: readonly Row[]): ReadonlySet<Row> {
  const ranks = new Map(rows.toSorted((a, b) => a.listed - b.listed).map((row, rank) => [row, rank + 1]));
  // A Fenwick tree: the heaviest that ends before a rank.
  const best: (Link | undefined)[] = new Array<Link | undefined>(rows.length + 1);
  for (const row of rows) {
    const rank = ranks.get(row) as number;
    let before: Link | undefined;
    for (let at = rank; at > 0; at -= at & -at) before = heavier(before, best[at]);
    const link = { row, weight: row.length + (before?.weight ?? 0), before };
    for (let at = rank; at <= rows.length; at += at & -at) best[at] = heavier(best[at], link);
  }
  const found = new Set<Row>();
  let last: Link | undefined;
  for (const link of best) last = heavier(last, link);
  for (; last !== undefined; last = last.before) found.add(last.row);
  return found;
}

function heavier(a: Link | undefined, b: Link | undefined): Link | undefined {
  return (b?.weight ?? 0) > (a?.weight ?? 0) ? b : a;
}
