import { describe, expect, it } from '@jest/globals';
import { sentence } from '../../history/sentence';
import { eventAt, tapeOf } from '../player/play-clock';
import { historyRows, indexAt, lacksSomething } from './history-rows';
import type { PastEvent } from './past-event';

const past = (revision: number, more: Partial<PastEvent> = {}): PastEvent => ({
  ...{ revision, type: 'ChatMessageSent', occurredAt: `2026-11-20T12:00:0${revision}.000Z` },
  ...{ actor: { kind: 'customer', id: 'c' }, payload: {} },
  ...more,
});

/** Events 1, and 5 to 7, are missing. */
const events = [past(0), ...[2, 3, 4].map((at) => past(at)), past(8), past(9)];
const missing = [
  { from: 1, to: 1 },
  { from: 5, to: 7 },
];

describe('the rows of a history with gaps', () => {
  it('have a row for what is missing where it was, so that nobody reads over it', () => {
    const told = events.map((event) => ({ event, sentence: sentence('told') }));
    const rows = historyRows(told, missing).map((row) => (row.kind === 'event' ? row.event.revision : row.sentence));
    expect(rows).toEqual([
      ...[0, sentence('history.missing.one', { from: 1 }), 2, 3, 4],
      ...[sentence('history.missing.some', { from: 5, to: 7 }), 8, 9],
    ]);
    expect(historyRows([], missing).map(({ kind }) => kind)).toEqual(['missing', 'missing']);
  });

  it('are looked at by revision, while the clock counts those that are there', () => {
    expect([null, 9, 8, 6, 4, 1, 0, 99].map((revision) => indexAt(events, revision))).toEqual([5, 5, 4, 3, 3, 0, 0, 5]);
    expect(indexAt(events.slice(1), 0)).toBe(0);
    expect(indexAt([], 3)).toBe(-1);
    const tape = tapeOf(events.map(({ occurredAt }) => occurredAt));
    for (const { revision } of events) {
      const index = indexAt(events, revision);
      expect(eventAt(tape, tape[index] ?? NaN)).toBe(index);
    }
  });

  it('make a state that lacks something from the first gap, or unreadable event, on', () => {
    const lacks = (history: Parameters<typeof lacksSomething>[0]): readonly boolean[] =>
      [0, 4, 8].map((revision) => lacksSomething(history, revision));
    expect(lacks({ events, missing })).toEqual([false, true, true]);
    expect(lacks({ events, missing: missing.slice(1) })).toEqual([false, false, true]);
    expect(lacks({ events: [past(0), past(1, { unreadable: true })], missing: [] })).toEqual([false, true, true]);
    expect(lacks({ events, missing: [] })).toEqual([false, false, false]);
    expect(lacks(null)).toEqual([false, false, false]);
  });
});
