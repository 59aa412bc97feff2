import { DatabaseSync } from 'node:sqlite';
import { LogUnusable } from './log-schema';

export interface HeldLock {
  close(): void;
}

/**
 * A lock that one process of this machine holds until it closes it; the system drops it when the process dies, however it
 * dies. @throws LogUnusable with this sentence while another process holds it.
 */
export function holdLock(file: string, sentence: string): HeldLock {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    throw new LogUnusable('LOG_IN_USE', sentence);
  }
}
