import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { workspaceRoot } from './workspace.mjs';

/** Names of the command line tools to their script, so that none is found by chance on the machine. */
const scripts = {
  nx: 'nx/dist/bin/nx.js',
  prettier: 'prettier/bin/prettier.cjs',
};

/** The environment of everything that the tools start: the workspace's Node first, nothing left running behind. */
export function toolEnvironment() {
  const bin = join(workspaceRoot, 'node_modules', '.bin');
  return {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    NX_TUI: 'false',
    NX_DAEMON: 'false',
  };
}

/** @param {keyof typeof scripts | string} script a name from above, or a file of the workspace */
function scriptFile(script) {
  const known = scripts[/** @type {keyof typeof scripts} */ (script)];
  return known === undefined ? join(workspaceRoot, script) : join(workspaceRoot, 'node_modules', known);
}

/**
 * Runs one script to its end on this Node, with stdin closed. Signals to this process go on to it.
 * @param {string} script @param {readonly string[]} args
 * @param {{ quiet?: boolean, onLine?: (line: string) => void }} [options] quiet: what it wrote is given back, not shown
 * @returns {Promise<{ ok: boolean, output: string, signal: NodeJS.Signals | undefined }>} signal: which one ended this
 */
export function run(script, args, { quiet = false, onLine } = {}) {
  const child = spawn(process.execPath, [scriptFile(script), ...args], {
    cwd: workspaceRoot,
    env: toolEnvironment(),
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      output += chunk;
      for (const line of chunk.split('\n')) onLine?.(line);
    });
  /** @type {NodeJS.Signals | undefined} */
  let received;
  const passOn = (/** @type {NodeJS.Signals} */ signal) => {
    received = signal;
    child.kill(signal);
  };
  process.on('SIGTERM', passOn).on('SIGINT', passOn);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      process.off('SIGTERM', passOn).off('SIGINT', passOn);
      resolve({ ok: code === 0, output, signal: received });
    });
  });
}
