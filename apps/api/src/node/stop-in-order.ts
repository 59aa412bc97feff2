import type { Log } from '../log/logger';

export interface StopStep {
  /** As the operator reads it. */
  readonly name: string;
  readonly stop: () => unknown;
  /** For one that ends by itself within this time, milliseconds; the others share theirs. */
  readonly patienceMs?: number;
}

/** Longer than a request waits for a lock; most stops take a fraction of a second. */
const PATIENCE_MS = 6000;
/** What each step has, however late it is. */
const LEAST_MS = 1000;

/**
 * Carries out all of them in their order, whatever becomes of those before: one that fails or does not come to its end is
 * told and passed over, so that no file stays open because a mail server does not answer.
 * @throws once all have had their turn, when some did not end well; the message names them
 */
export async function stopInOrder(steps: readonly StopStep[], log: Pick<Log, 'error'>): Promise<void> {
  let left = PATIENCE_MS;
  const failed: string[] = [];
  for (const { name, stop, patienceMs } of steps) {
    const begun = performance.now();
    try {
      await inTime(stop, patienceMs ?? Math.max(LEAST_MS, left));
    } catch (error) {
      failed.push(name);
      log.error(`not stopped cleanly: ${name}`, error);
    }
    if (patienceMs === undefined) left -= performance.now() - begun;
  }
  if (failed.length > 0) throw new Error(`The server has ended, but not cleanly: ${failed.join(', ')}.`);
}

/** A stop that is late may go on; whatever becomes of it, it was told already. */
function inTime(stop: () => unknown, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = new Error(`it has not ended within ${Math.round(ms)} ms`);
    const timer = setTimeout(() => reject(late), ms);
    Promise.resolve()
      .then(stop)
      .then(() => resolve(), reject)
      .finally(() => clearTimeout(timer));
  });
}
