import { sentence } from '../../history/sentence';
import type { Sentence } from '../../history/sentence';
import type { PastEvent } from './past-event';

/** Revisions that are not in the stream any more, though later ones are. */
export interface MissingEvents {
  readonly from: number;
  readonly to: number;
}

interface Told<E> {
  readonly event: E;
  readonly sentence: Sentence;
}

/** A row of the list: an event, or the place of those that are missing. */
export type HistoryRow<E> =
  | (Told<E> & { readonly kind: 'event' })
  | { readonly kind: 'missing'; readonly from: number; readonly sentence: Sentence };

/** Both in the order of the stream. */
export function historyRows<E extends PastEvent>(
  events: readonly Told<E>[],
  missing: readonly MissingEvents[],
): readonly HistoryRow<E>[] {
  const placed = [
    ...events.map((told) => ({ at: told.event.revision, row: { kind: 'event', ...told } as const })),
    ...missing.map((gap) => ({
      at: gap.from,
      row: { kind: 'missing', from: gap.from, sentence: gapOf(gap) } as const,
    })),
  ];
  return placed.toSorted((a, b) => a.at - b.at).map(({ row }) => row);
}

function gapOf({ from, to }: MissingEvents): Sentence {
  return from === to ? sentence('history.missing.one', { from }) : sentence('history.missing.some', { from, to });
}

/** Index of the last event up to that revision, of the first when there is none, of the last for null; -1 without any. */
export function indexAt(events: readonly PastEvent[], revision: number | null): number {
  if (revision === null) return events.length - 1;
  const index = events.findLastIndex((event) => event.revision <= revision);
  return Math.max(index, Math.min(0, events.length - 1));
}

interface Lacking {
  readonly events: readonly PastEvent[];
  readonly missing: readonly MissingEvents[];
}

/** Whether anything up to this revision is missing or cannot be read. */
export function lacksSomething(history: Lacking | null, revision: number): boolean {
  if (history === null) return false;
  const isLost = history.events.some((event) => event.unreadable === true && event.revision <= revision);
  return isLost || history.missing.some(({ from }) => from <= revision);
}
