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
  for (let left = Math.ceil(ms / PAUSE_MS); ; left--) {
    try {
      return work();
    } catch (error) {
      refuseOther(error);
      if (left <= 0 || signal?.aborted) throw refusal(new DatabaseLocked());
    }
    await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** PROTOCOL: too many readers began at the same moment. */
function refuseOther(error: unknown): void {
  const code = sqliteCode(error);
  if (code !== SQLITE.BUSY && code !== SQLITE.PROTOCOL) throw error;
}
