import { setTimeout as pause } from 'node:timers/promises';
import { SQLITE, sqliteCode } from './result-code';

/** Short enough that nobody notices one pause, long enough that whoever holds the lock gets on. */
const PAUSE_MS = 10;

/** Another process has kept the database locked for the whole time that was given to wait. Nothing was done. */
export class DatabaseLocked extends Error {
  constructor() {
    super('another process keeps the database locked');
    this.name = 'DatabaseLocked';
  }
}

export interface Patience {
  /** By the clock, milliseconds; 5000 when absent. */
  readonly ms?: number;
  /** Ends the waiting at once. */
  readonly signal?: AbortSignal;
  /** What is thrown when the patience ends; DatabaseLocked when absent. */
  readonly refusal?: (locked: DatabaseLocked) => Error;
}

const usual: Required<Omit<Patience, 'signal'>> = { ms: 5000, refusal: (locked) => locked };

/**
 * What `work` gives, tried again as long as SQLite says that the database is locked. The thread is free in between: SQLite's
 * own busy timeout would hold it, and with it everybody whom it serves. `work` runs more than once and must do nothing when
 * it fails.
 */
export async function whenFree<Result>(work: () => Result, patience: Patience = {}): Promise<Result> {
  const { ms, refusal, signal } = { ...usual, ...patience };
  const deadline = performance.now() + ms;
  for (;;) {
    // Looked at before the try: a thread that was held up past the deadline tries once more before it gives up.
    const isLast = performance.now() >= deadline || signal?.aborted === true;
    try {
      return work();
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (isLast) throw refusal(new DatabaseLocked());
    }
    await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** PROTOCOL: too many readers began at the same moment. */
function isLocked(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === SQLITE.BUSY || code === SQLITE.PROTOCOL;
}
