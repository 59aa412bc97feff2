import type { Revision, StreamName } from '../event-store';
import type { ListedEvent } from './event-list';
import type { Finding } from './finding';

/**
 * What became of events that checkpoints list: `expected` as they were signed, `actual` as they stand in the log now.
 * @param isGapless every event that was signed is listed, so that any other one before the last of them was inserted
 */
export function compareOrder(
  expected: readonly ListedEvent[],
  actual: readonly ListedEvent[],
  isGapless: boolean,
): readonly Finding[] {
  const signed = new Map(expected.map((event, at) => [keyOf(event), { event, at }]));
  const found = new Set(actual.map(keyOf));
  const kept = actual.filter((event) => signed.has(keyOf(event)));
  return [
    ...missing(expected, found),
    ...changed(kept, signed),
    ...(isGapless ? inserted(actual, signed) : []),
    ...moved(kept, (event) => signed.get(keyOf(event))?.at ?? 0),
  ];
}

function keyOf({ stream, revision }: ListedEvent): string {
  return `${revision} ${stream}`;
}

/** Revisions of one stream that stand together are one finding. */
function missing(expected: readonly ListedEvent[], found: ReadonlySet<string>): readonly Finding[] {
  const lost = new Map<StreamName, Revision[]>();
  const revisionsOf = (stream: StreamName): Revision[] => {
    const known = lost.get(stream) ?? [];
    lost.set(stream, known);
    return known;
  };
  const left = new Set<StreamName>();
  for (const event of expected) {
    if (found.has(keyOf(event))) left.add(event.stream);
    else revisionsOf(event.stream).push(event.revision);
  }
  return [...lost].flatMap(([stream, revisions]) =>
    runs(revisions).map(([from, to]) => {
      const isWhole = from === 0n && !left.has(stream);
      return { kind: 'missing', stream, from, to, isWhole } as const;
    }),
  );
}

function runs(revisions: readonly Revision[]): readonly (readonly [Revision, Revision])[] {
  const sorted = [...revisions].sort((a, b) => Number(a - b));
  const found: [Revision, Revision][] = [];
  for (const revision of sorted) {
    const last = found.at(-1);
    if (last !== undefined && last[1] + 1n === revision) last[1] = revision;
    else found.push([revision, revision]);
  }
  return found;
}

function changed(
  kept: readonly ListedEvent[],
  signed: ReadonlyMap<string, { readonly event: ListedEvent }>,
): readonly Finding[] {
  return kept
    .filter((event) => signed.get(keyOf(event))?.event.mark !== event.mark)
    .map(({ stream, revision }) => ({
      ...{ kind: 'changed', stream, revision },
      reason: 'Its hash is not the one that was signed.',
    }));
}

/** Behind the last event that is listed stand the newer ones, of which nothing is known. */
function inserted(actual: readonly ListedEvent[], signed: ReadonlyMap<string, unknown>): readonly Finding[] {
  const end = actual.findLastIndex((event) => signed.has(keyOf(event)));
  return actual
    .slice(0, end + 1)
    .filter((event) => !signed.has(keyOf(event)))
    .map(({ stream, revision }) => ({ kind: 'inserted', stream, revision }));
}

/** The fewest events that have to be put elsewhere to have them in their order: all that are in no longest rising row. */
function moved(kept: readonly ListedEvent[], placeOf: (event: ListedEvent) => number): readonly Finding[] {
  const places = kept.map(placeOf);
  const stayed = longestRising(places);
  return kept.filter((_, at) => !stayed.has(at)).map(({ stream, revision }) => ({ kind: 'moved', stream, revision }));
}

/** Indexes of a longest strictly rising subsequence (patience sorting). */
function longestRising(places: readonly number[]): ReadonlySet<number> {
  const before: number[] = [];
  /** `ends[n]`: index of the smallest end of a row of n + 1. */
  const ends: number[] = [];
  places.forEach((place, at) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[ends[middle] as number] as number) < place) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (ends[low - 1] as number) : -1;
    ends[low] = at;
  });
  const row = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] as number) row.add(at);
  return row;
}
