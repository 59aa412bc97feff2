import { join } from 'node:path';

export const logName = 'log.db';
export const vaultName = 'vault.db';

/** Where the files of a data folder lie. */
export function dataFiles(dataDir: string): { readonly log: string; readonly vault: string } {
  return { log: join(dataDir, logName), vault: join(dataDir, vaultName) };
}
