import { setTimeout as pause } from 'node:timers/promises';

/**
 * Sends at fixed times whatever the answers do, so that a server that falls behind is seen to (no coordinated omission);
 * a latency counts from the time at which the send was due. @returns when the last was sent
 */
export async function openLoop(
  { perSecond, seconds }: { perSecond: number; seconds: number },
  send: (index: number, due: number) => void,
): Promise<number> {
  const count = Math.round(perSecond * seconds);
  const begin = performance.now() + 50;
  for (let index = 0; index < count; index++) {
    const due = begin + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 1) await pause(wait);
    send(index, due);
  }
  return count;
}

/** Percentile by nearest rank of values in any order; null without values. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
