import { DatabaseSync } from 'node:sqlite';
import { whenFree } from '@deskside/sqlite';
import { BackupRefused } from './backup-folder';
import { Snapshot } from './snapshot';

/** Longer than anything in the server holds the vault's lock. */
const lockPatienceMs = 30_000;

/** Log and vault as they were at one and the same moment. */
export interface Moment {
  readonly log: Snapshot;
  readonly vault: Snapshot;
}

/**
 * Keeps the vault from being written while both moments are chosen, which takes some milliseconds: every event of this log
 * has its key in this vault, and what this vault calls erased is erased by an event of this log.
 * @throws BackupRefused when another program writes the vault for long
 */
export async function oneMoment(files: { readonly log: string; readonly vault: string }): Promise<Moment> {
  const moment = { log: new Snapshot(files.log), vault: new Snapshot(files.vault) };
  const lock = new DatabaseSync(files.vault, { timeout: 0 });
  try {
    await whenFree(() => choose(lock, moment), {
      ms: lockPatienceMs,
      refusal: () =>
        new BackupRefused(
          `Another program has kept ${files.vault} locked for ${lockPatienceMs / 1000} seconds. End it first.`,
        ),
    });
    return moment;
  } catch (error) {
    moment.log.close();
    moment.vault.close();
    throw error;
  } finally {
    lock.close();
  }
}

/** Throws SQLite's BUSY, and has chosen nothing. */
function choose(lock: DatabaseSync, { log, vault }: Moment): void {
  lock.exec('BEGIN IMMEDIATE');
  try {
    vault.begin();
    log.begin();
  } catch (error) {
    vault.end();
    throw error;
  } finally {
    lock.exec('ROLLBACK');
  }
}
