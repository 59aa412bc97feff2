import type { ProcessSample } from './process-sample';

/** Waits in ms, and when the longest were, in seconds of this process. */
export interface Spread {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly longest: readonly { readonly at: number; readonly ms: number }[];
}

/** A line that has reached whoever it was for; times of `performance.now()`. */
export interface Heard {
  readonly sent: number;
  readonly heard: number;
}

export function wait({ sent, heard }: Heard): number {
  return heard - sent;
}

export function spreadOf(lines: readonly Heard[]): Spread {
  const waits = lines.map(wait);
  const longest = lines.toSorted((a, b) => wait(b) - wait(a)).slice(0, 10);
  return {
    p50: percentile(waits, 0.5),
    p95: percentile(waits, 0.95),
    p99: percentile(waits, 0.99),
    longest: longest.map((line) => ({ at: Math.round(line.sent / 1000), ms: Math.round(wait(line)) })),
  };
}

/** Growth from the middle third of a life to its last third that is taken for none. */
const growthAllowed = 0.15;
/** Files that may be open at one moment and not at another: a write-ahead log, a read of a large one. */
const filesAllowed = 10;
/** In a shorter life there is nothing to compare. */
const fewestSamples = 6;

export interface Growth {
  readonly middle: number;
  readonly last: number;
  readonly isFlat: boolean;
}

/** The least in each third, so that what the collector has not come to yet is no leak. @returns null when it was too short */
export function growthOf(samples: readonly ProcessSample[], of: 'memory' | 'files'): Growth | null {
  if (samples.length < fewestSamples) return null;
  const third = Math.floor(samples.length / 3);
  const values = samples.map((sample) => sample[of]);
  const middle = Math.min(...values.slice(third, samples.length - third));
  const last = Math.min(...values.slice(samples.length - third));
  const allowed = middle * growthAllowed;
  return { middle, last, isFlat: last - middle <= (of === 'files' ? Math.max(allowed, filesAllowed) : allowed) };
}

/** By nearest rank, of values in any order; null without values. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
