import { join } from 'node:path';
import { lockFileOf } from '@deskside/event-store/sqlite';

export const logName = 'log.db';
export const vaultName = 'vault.db';

/** What the server opens in a data folder, and where it lies there. */
export interface DataFiles {
  readonly log: string;
  readonly logLock: string;
  readonly vault: string;
  /** Held instead of the log's while that is on a server. */
  readonly serverLock: string;
  readonly controlSocket: string;
}

export function dataFiles(dataDir: string): DataFiles {
  const log = join(dataDir, logName);
  return {
    log,
    logLock: lockFileOf(log),
    vault: join(dataDir, vaultName),
    serverLock: join(dataDir, 'server-lock'),
    controlSocket: join(dataDir, 'control.sock'),
  };
}
