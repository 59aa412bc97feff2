/** One row of a benchmark; a ratio is value / limit: for a rate higher is better. `null`: could not be measured here. */
export interface Row {
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
  readonly limit: number | null;
  readonly ratio: number | null;
  /** Latencies of single operations, ms; null where there are none. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** Operations measured. */
  readonly n: number;
  /** Smallest and largest run of ours and of the limit; shown in the table. */
  readonly ranges?: readonly [ours: readonly number[], limit: readonly number[]];
}

/** What one run gave: operations a second and, where it makes sense, the latency of each, ms. */
export interface Run {
  readonly rate: number;
  readonly latencies: readonly number[];
  readonly count: number;
}

export type Measure = () => Promise<Run>;

const ROUNDS = 5;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

const range = (values: readonly number[]): number[] => [Math.min(...values), Math.max(...values)];

/** Runs ours and the limit in turn, A B B A, so that what the machine does besides hits both; medians are compared. */
export async function compare(name: string, unit: string, sides: { ours: Measure; limit: Measure }): Promise<Row> {
  const ours: Run[] = [];
  const limits: Run[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await sides.ours());
    limits.push(await sides.limit());
    limits.push(await sides.limit());
    ours.push(await sides.ours());
  }
  const [rates, limitRates] = [ours.map(({ rate }) => rate), limits.map(({ rate }) => rate)];
  const latencies = ours.flatMap((run) => [...run.latencies]);
  const [value, limit] = [median(rates), median(limitRates)];
  return {
    name,
    value: Math.round(value),
    unit,
    limit: Math.round(limit),
    ratio: Number((value / limit).toFixed(3)),
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    n: ours.reduce((sum, { count }) => sum + count, 0),
    ranges: [range(rates), range(limitRates)],
  };
}

/** A row of something that cannot run on this machine. */
export function absent(name: string, unit: string): Row {
  return { name, value: null, unit, limit: null, ratio: null, p50: null, p95: null, p99: null, n: 0 };
}
