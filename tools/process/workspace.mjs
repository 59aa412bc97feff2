import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json; every tool works from here wherever it is started. */
export const workspaceRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
