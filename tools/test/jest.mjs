// node tools/test/jest.mjs <project> <config> [jest's own arguments]: jest on native ES modules; its counts go to
// dist/test/<project>.json, from which tools/test/test.mjs adds them up (nx keeps that file with the cached result).
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../process/workspace.mjs';
import { reports } from './counts.mjs';

/** Milliseconds that jest has to end after it has written its report. */
const mostToEnd = 30_000;

const [project = '', config = '', ...rest] = process.argv.slice(2);
const report = join(reports, `${project}.json`);
mkdirSync(reports, { recursive: true });
rmSync(report, { force: true });

const jest = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings=ExperimentalWarning',
    join(workspaceRoot, 'node_modules', 'jest', 'bin', 'jest.js'),
    ...['--config', config, '--json', '--outputFile', report, ...rest],
  ],
  { stdio: 'inherit' },
);

for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => jest.kill(signal));

// What a failed test left open would keep it for ever, and its report unread.
const looking = setInterval(() => {
  if (!existsSync(report)) return;
  clearInterval(looking);
  ending = setTimeout(() => {
    process.stdout.write(`The tests of ${project} have left something open: jest did not end, and was killed.\n`);
    jest.kill('SIGKILL');
  }, mostToEnd);
}, 1000);
/** @type {NodeJS.Timeout | undefined} */
let ending;

jest.once('close', (code) => {
  clearInterval(looking);
  clearTimeout(ending);
  process.exitCode = code ?? 1;
});
