import { medianOf } from '../histogram/histogram';
import type { BinCount } from '../histogram/histogram';
import type { CsrFigures, DurationFigures } from './csr-activity';

/** Sums of one measure of one CSR, or of several put together. */
export interface DurationSums {
  readonly count: number;
  readonly total: number;
  readonly shortest: number;
  readonly longest: number;
  /** In the order of bins. */
  readonly bins: readonly BinCount[];
}

export interface CsrSums {
  readonly inSession: number;
  readonly asked: number;
  readonly granted: number;
  readonly timeInSession: DurationSums;
  readonly firstResponse: DurationSums;
}

export const noDurations: DurationSums = { count: 0, total: 0, shortest: Infinity, longest: -Infinity, bins: [] };

export const nothing: CsrSums = {
  ...{ inSession: 0, asked: 0, granted: 0 },
  ...{ timeInSession: noDurations, firstResponse: noDurations },
};

export function added(a: CsrSums, b: CsrSums): CsrSums {
  return {
    inSession: a.inSession + b.inSession,
    asked: a.asked + b.asked,
    granted: a.granted + b.granted,
    timeInSession: addedDurations(a.timeInSession, b.timeInSession),
    firstResponse: addedDurations(a.firstResponse, b.firstResponse),
  };
}

function addedDurations(a: DurationSums, b: DurationSums): DurationSums {
  return {
    count: a.count + b.count,
    total: a.total + b.total,
    shortest: Math.min(a.shortest, b.shortest),
    longest: Math.max(a.longest, b.longest),
    bins: addedBins(a.bins, b.bins),
  };
}

function addedBins(a: readonly BinCount[], b: readonly BinCount[]): readonly BinCount[] {
  const counts = new Map<number, number>();
  for (const { bin, count } of [...a, ...b]) counts.set(bin, (counts.get(bin) ?? 0) + count);
  return [...counts].map(([bin, count]) => ({ bin, count })).sort((x, y) => x.bin - y.bin);
}

export function figuresOf(sums: CsrSums): CsrFigures {
  return {
    sessions: sums.timeInSession.count,
    inSession: sums.inSession,
    timeInSession: durationFigures(sums.timeInSession),
    firstResponse: durationFigures(sums.firstResponse),
    consentsAsked: sums.asked,
    consentsGranted: sums.granted,
    grantRate: sums.asked === 0 ? null : sums.granted / sums.asked,
  };
}

function durationFigures({ count, total, shortest, longest, bins }: DurationSums): DurationFigures {
  if (count === 0) return { count, total: null, average: null, shortest: null, longest: null, median: null };
  // The middle of a bin may lie outside of what was measured.
  const median = Math.min(longest, Math.max(shortest, medianOf(bins) ?? shortest));
  return { count, total, average: total / count, shortest, longest, median };
}
