import { DatabaseSync } from 'node:sqlite';
import { isDamage, SQLITE, sqliteCode } from '@deskside/sqlite';
import { LogUnusable } from './log-schema';

export interface HeldLock {
  close(): void;
}

/**
 * A lock that one process of this machine holds until it closes it; the system drops it when the process dies, however it
 * dies. @throws LogUnusable, with this sentence while another process holds it
 */
export function holdLock(file: string, sentence: string): HeldLock {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    throw whyNot(file, sentence, error);
  }
}

function whyNot(file: string, sentence: string, error: unknown): LogUnusable {
  if (sqliteCode(error) === SQLITE.BUSY) return new LogUnusable('LOG_IN_USE', sentence);
  // Nothing is ever written into it.
  if (isDamage(error))
    return new LogUnusable('LOG_UNAVAILABLE', `The lock file ${file} is damaged: remove it and start again.`);
  const message = error instanceof Error ? error.message : String(error);
  return new LogUnusable('LOG_UNAVAILABLE', `The lock file ${file} cannot be used: ${message}.`);
}
