/**
 * A histogram of durations in whole milliseconds that can be added to another. Bin n holds durations from `binFrom[n]` up
 * to the next bin, which begins one tenth higher: whatever is estimated from a bin is within 10 % of the truth.
 * (The same idea as DDSketch's logarithmic bins, Masson, Rim and Lee, VLDB 2019.)
 */
export const binFrom: readonly number[] = bins(10 * 366 * 86_400_000);

/** Up to `longest`; what is longer goes into the last bin. */
function bins(longest: number): readonly number[] {
  const from = [0];
  for (let last = 0; last <= longest; from.push(last)) last = Math.max(last + 1, Math.floor(last * 1.1));
  return from;
}

export interface BinCount {
  readonly bin: number;
  readonly count: number;
}

/** The lower median, from counts by bin in the order of bins; null where there are none. Milliseconds. */
export function medianOf(counts: readonly BinCount[]): number | null {
  const n = counts.reduce((sum, { count }) => sum + count, 0);
  if (n === 0) return null;
  const rank = Math.ceil(n / 2);
  let seen = 0;
  const found = counts.find(({ count }) => (seen += count) >= rank);
  return found === undefined ? null : middleOf(found.bin);
}

function middleOf(bin: number): number {
  const from = binFrom[bin] ?? 0;
  const to = binFrom[bin + 1];
  return to === undefined ? from : (from + to - 1) / 2;
}
