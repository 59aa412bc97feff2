import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './workspace.mjs';

const { optionalDependencies } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8'));
const wanted = Number.parseInt(Object.values(optionalDependencies)[0], 10);

/** Node of the lock file; npm scripts find it by themselves (docs/decisions/0008). */
export const workspaceNode = join(
  workspaceRoot,
  'node_modules',
  '.bin',
  process.platform === 'win32' ? 'node.cmd' : 'node',
);

/** @param {string} sentence @returns {never} */
export function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/**
 * Call it first in a tool that somebody may start by hand with the machine's own Node: runs the same command on the
 * workspace's Node instead and never returns. Does nothing on a Node that is new enough.
 */
export async function onWorkspaceNode() {
  if (!existsSync(join(workspaceRoot, 'node_modules'))) giveUp('The packages are not installed. Run: npm ci');
  if (Number.parseInt(process.versions.node, 10) >= wanted) return;
  if (!existsSync(workspaceNode))
    giveUp(
      `Deskside needs Node ${wanted}; this is ${process.versions.node}, and npm left its own copy out. Run: npm ci --include=optional`,
    );
  const child = spawn(workspaceNode, process.argv.slice(1), {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  // A terminal sends Ctrl-C to both; a supervisor's signal reaches only this process.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM')).on('SIGHUP', () => child.kill('SIGHUP'));
  const code = await new Promise((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
  process.exit(code);
}
