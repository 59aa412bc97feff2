import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binFrom, medianOf } from './histogram';

const binOf = (ms: number): number => binFrom.findLastIndex((from) => from <= ms);

function countsOf(durations: readonly number[]): { bin: number; count: number }[] {
  const counts = Map.groupBy(durations, binOf);
  return [...counts].map(([bin, { length: count }]) => ({ bin, count })).sort((a, b) => a.bin - b.bin);
}

describe('a histogram of durations', () => {
  it('has bins that rise by a tenth and hold ten years', () => {
    for (const [n, from] of binFrom.entries()) expect(from).toBeGreaterThan(binFrom[n - 1] ?? -1);
    for (const [n, from] of binFrom.entries())
      if (from > 10) expect(from / (binFrom[n - 1] ?? 1)).toBeLessThanOrEqual(1.1);
    expect(binFrom.at(-1)).toBeGreaterThan(10 * 365 * 86_400_000);
    expect(binFrom.length).toBeLessThan(320);
  });

  it('has no median of nothing', () => {
    expect(medianOf([])).toBeNull();
  });

  it('gives the median within 10 %, also of two histograms that were added', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 400_000_000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(durations, durations, (some, others) => {
        const all = [...some, ...others].sort((a, b) => a - b);
        const truth = all[Math.ceil(all.length / 2) - 1] ?? 0;
        const added = Map.groupBy([...countsOf(some), ...countsOf(others)], ({ bin }) => bin);
        const counts = [...added].map(([bin, of]) => ({ bin, count: of.reduce((sum, { count }) => sum + count, 0) }));
        const median = medianOf(counts.sort((a, b) => a.bin - b.bin)) ?? Infinity;
        expect(Math.abs(median - truth)).toBeLessThanOrEqual(truth / 10);
      }),
      { numRuns: 1000 },
    );
  });
});
