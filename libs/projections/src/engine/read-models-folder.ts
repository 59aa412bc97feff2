import { join } from 'node:path';

/** Where the read models of a data folder lie. */
export function readModelsFolder(dataDir: string): string {
  return join(dataDir, 'read-models');
}
