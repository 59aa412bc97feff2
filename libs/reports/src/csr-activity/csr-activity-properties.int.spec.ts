import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnsOf, parseDayRange } from '../days/day-range';
import type { DayRange, Span } from '../days/day-range';
import { csrs, history } from '../testing/random-history';
import { recount } from '../testing/recount';
import type { Recount } from '../testing/recount';
import { inLog, rowsOfEvents } from '../testing/rows-of-events';
import type { PlainEvent } from '../testing/rows-of-events';
import { csrActivityFigures } from './csr-activity';
import type { CsrActivity, CsrActivityFigure, CsrActivityQueries, CsrFigures, DurationFigures } from './csr-activity';
import { csrActivityProjection } from './csr-activity-projection';
import { csrActivityQueries } from './csr-activity-queries';

/** Days on which clocks change or not, in zones of whole, half and three quarters of an hour. */
const places = [
  ['Asia/Kathmandu', '2026-06-01'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Europe/Belgrade', '2026-03-29'],
  ['Europe/Belgrade', '2026-10-25'],
  ['America/St_Johns', '2026-03-08'],
  ['Africa/Cairo', '2026-04-24'],
  ['UTC', '2026-12-31'],
] as const;

const day = 86_400_000;
const plus = (date: string, days: number): string => new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);

interface Case {
  readonly events: readonly PlainEvent[];
  readonly range: DayRange;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    place: fc.constantFrom(...places),
    first: fc.integer({ min: -1, max: 1 }),
    days: fc.integer({ min: 0, max: 3 }),
  })
  .chain(({ place: [timeZone, date], first, days }) =>
    history(Date.parse(date) - day, Date.parse(date) + 2 * day).map((events) => ({
      events,
      range: { timeZone, from: plus(date, first), to: plus(date, first + days) },
    })),
  );

function spanOf(range: DayRange): Span {
  const parsed = parseDayRange(range);
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.span;
}

function expectDurations(figures: DurationFigures, measured: readonly number[]): void {
  const sorted = [...measured].sort((a, b) => a - b);
  const total = sorted.length === 0 ? null : sorted.reduce((sum, ms) => sum + ms, 0);
  const average = total === null ? null : total / sorted.length;
  const [shortest, longest] = [sorted[0] ?? null, sorted.at(-1) ?? null];
  expect({ ...figures, median: null }).toEqual({
    ...{ count: sorted.length, total, average, shortest, longest, median: null },
  });
  const truth = sorted[Math.ceil(sorted.length / 2) - 1];
  if (truth === undefined) expect(figures.median).toBeNull();
  else expect(Math.abs((figures.median ?? NaN) - truth)).toBeLessThanOrEqual(truth / 10);
}

function expectFigures(figures: CsrFigures, counted: Recount): void {
  expect(figures).toMatchObject({
    ...{ sessions: counted.timeInSession.length, inSession: counted.inSession },
    ...{ consentsAsked: counted.asked, consentsGranted: counted.granted },
    grantRate: counted.asked === 0 ? null : counted.granted / counted.asked,
  });
  expectDurations(figures.timeInSession, counted.timeInSession);
  expectDurations(figures.firstResponse, counted.firstResponse);
}

function together(counts: readonly Recount[]): Recount {
  return {
    inSession: counts.reduce((sum, { inSession }) => sum + inSession, 0),
    timeInSession: counts.flatMap(({ timeInSession }) => timeInSession),
    firstResponse: counts.flatMap(({ firstResponse }) => firstResponse),
    asked: counts.reduce((sum, { asked }) => sum + asked, 0),
    granted: counts.reduce((sum, { granted }) => sum + granted, 0),
    notes: counts.flatMap(({ notes }) => notes),
  };
}

function amountOf(figures: CsrActivity['rows'][number], figure: CsrActivityFigure): number {
  switch (figure) {
    case 'timeInSession':
    case 'firstResponse':
      return figures[figure].total ?? 0;
    case 'notes':
      return figures.notes.length;
    default:
      return figures[figure];
  }
}

function withQueries<T>(events: readonly PlainEvent[], ask: (queries: CsrActivityQueries) => T): T {
  const rows = rowsOfEvents(csrActivityProjection, inLog(events));
  try {
    return ask(csrActivityQueries(rows));
  } finally {
    rows.close();
  }
}

describe('the CSR activity report', () => {
  it('has in each figure what a slow recount of the events gives', () => {
    fc.assert(
      fc.property(cases, ({ events, range }) => {
        const span = spanOf(range);
        const report = withQueries(events, (queries) => queries.report(span, [...csrs], columnsOf(range)));
        expect(report.rows.map(({ csr }) => csr)).toEqual(csrs);
        const counted = csrs.map((csr) => recount(events, span, csr));
        for (const [n, row] of report.rows.entries()) {
          expectFigures(row, counted[n] as Recount);
          expect(row.notes.map(({ text }) => 'sealed' in text && text.sealed.ciphertext).sort()).toEqual(
            counted[n]?.notes,
          );
        }
        expectFigures(report.total, together(counted));
      }),
      { numRuns: 1000 },
    );
  }, 240_000);

  it('has in each column of the chart what a recount of that stretch gives', () => {
    fc.assert(
      fc.property(cases, ({ events, range }) => {
        const span = spanOf(range);
        const begins = columnsOf(range);
        const { columns } = withQueries(events, (queries) => queries.report(span, null, begins));
        expect(columns.map(({ from }) => from)).toEqual(begins);
        for (const [n, column] of columns.entries()) {
          const stretch = { from: column.from, to: begins[n + 1] ?? span.to };
          const counted = together(csrs.map((csr) => recount(events, stretch, csr)));
          expect(column).toMatchObject({ sessions: counted.timeInSession.length, inSession: counted.inSession });
        }
      }),
      { numRuns: 200 },
    );
  }, 240_000);

  it('is as exact for a CSR alone as for all', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...csrs), ({ events, range }, csr) => {
        const span = spanOf(range);
        withQueries(events, (queries) => {
          const alone = queries.report(span, [csr], columnsOf(range));
          expect(alone.rows).toEqual(queries.report(span, [...csrs], []).rows.filter((row) => row.csr === csr));
          expectFigures(alone.total, recount(events, span, csr));
        });
      }),
      { numRuns: 200 },
    );
  }, 240_000);

  it('names behind each figure the sessions that make it', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...csrs), ({ events, range }, csr) => {
        const span = spanOf(range);
        withQueries(events, (queries) => {
          const [row] = queries.report(span, [csr], []).rows;
          for (const figure of csrActivityFigures) {
            const shares = queries.sessionsBehind(figure, span, csr);
            const sum = shares.reduce((total, { amount }) => total + amount, 0);
            expect(new Set(shares.map(({ sessionId }) => sessionId)).size).toBe(shares.length);
            const amount = row === undefined ? NaN : amountOf(row, figure);
            // Sessions at the same time share time: the figure counts it once.
            if (figure === 'inSession') expect(sum).toBeGreaterThanOrEqual(amount);
            else expect([figure, sum]).toEqual([figure, amount]);
          }
        });
      }),
      { numRuns: 200 },
    );
  }, 240_000);

  it('does not change when events are applied again, from any of them up to the end', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ events, range }, part) => {
        const span = spanOf(range);
        const log = inLog(events);
        const again = [...log, ...log.slice(Math.floor(log.length * part))];
        const ask = (of: typeof log): CsrActivity => {
          const rows = rowsOfEvents(csrActivityProjection, of);
          const report = csrActivityQueries(rows).report(span, null, columnsOf(range));
          rows.close();
          return report;
        };
        expect(ask(again)).toEqual(ask(log));
      }),
      { numRuns: 200 },
    );
  }, 240_000);
});
