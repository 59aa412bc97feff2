import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './workspace.mjs';

/**
 * What Node.js is given when it runs the server (docs/decisions/0022).
 * @type {readonly string[]}
 */
export const serverFlags = JSON.parse(readFileSync(join(workspaceRoot, 'apps/api/node-flags.json'), 'utf8'));
