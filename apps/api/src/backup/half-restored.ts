import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BackupRefused } from './backup-folder';

/** Where a restore puts everything until it is whole. As long as it is there, the data folder is not. */
export function stagingFolder(dataDir: string): string {
  return join(dataDir, 'restoring');
}

/** @throws BackupRefused when a restore into this folder has not come to its end */
export function refuseHalfRestored(dataDir: string): void {
  if (existsSync(stagingFolder(dataDir)))
    throw new BackupRefused(`A restore into ${dataDir} was cut off. Empty that folder and restore once more.`);
}
