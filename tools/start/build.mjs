import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { run } from '../process/run.mjs';
import { workspaceRoot } from '../process/workspace.mjs';
import { sourcesStamp } from './sources-stamp.mjs';

const apps = ['api', 'dashboard', 'customer'];
const stampFile = join(workspaceRoot, 'dist', 'built-from');
const built = ['apps/api/main.mjs', 'apps/dashboard/browser/index.html', 'apps/customer/browser/index.html'];

export const apiMain = join(workspaceRoot, 'dist', 'apps', 'api', 'main.mjs');

/** The sources and the very files that were built from them: somebody may have built, or removed, something since. */
function currentState() {
  const times = built.map((file) => statSync(join(workspaceRoot, 'dist', file), { throwIfNoEntry: false })?.mtimeMs);
  return times.includes(undefined) ? undefined : [sourcesStamp(), ...times].join('\n');
}

function isUpToDate() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === currentState();
}

/** nx prints `> nx run api:build` when a task is done; its project is all that a newcomer wants to read. */
function progress() {
  const begun = performance.now();
  return (/** @type {string} */ line) => {
    const app = /^> nx run (\w+):build/.exec(stripVTControlCharacters(line))?.[1];
    if (app !== undefined)
      process.stdout.write(`  ${app.padEnd(10)} ${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s\n`);
  };
}

/**
 * Builds what `npm start` serves, only when a source has changed since the last time.
 * @returns {Promise<boolean>} false when it failed, which has been printed, or was interrupted
 */
export async function buildIfChanged() {
  if (isUpToDate()) return true;
  process.stdout.write('Building (the first time takes about half a minute)\n');
  const { ok, output, signal } = await run(
    'nx',
    ['run-many', '-t', 'build', '-p', apps.join(','), '--parallel=2', '--output-style=static'],
    { quiet: true, onLine: progress() },
  );
  if (signal !== undefined) return false;
  if (!ok) {
    process.stderr.write(`${output}\nThe build failed; the reason stands above.\n`);
    return false;
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, currentState() ?? '');
  return true;
}
