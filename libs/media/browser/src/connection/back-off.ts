const firstMs = 500;
const longestMs = 10_000;

/**
 * How long to wait before the next attempt, ms: doubling from half a second to ten seconds, then shortened by up to a half
 * by chance, so that the pages of a restarted server do not come back in one moment ("equal jitter" of AWS's
 * "Exponential Backoff And Jitter").
 *
 * @param failures how many attempts failed in a row, from 1
 * @param chance 0..1
 */
export function backOff(failures: number, chance: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** (failures - 1));
  return Math.round(whole / 2 + (whole / 2) * chance);
}

/** Waits; ends early when aborted, and when the browser says that it is online again. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      removeEventListener('online', end);
      resolve();
    }
    signal.addEventListener('abort', end);
    addEventListener('online', end);
  });
}
