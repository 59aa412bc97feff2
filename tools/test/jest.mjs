// node tools/test/jest.mjs <project> <config> [jest's own arguments]: jest on native ES modules; its counts go to
// dist/test/<project>.json, from which tools/test/test.mjs adds them up (nx keeps that file with the cached result).
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../process/workspace.mjs';
import { reports } from './counts.mjs';

const [project = '', config = '', ...rest] = process.argv.slice(2);
mkdirSync(reports, { recursive: true });

const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings=ExperimentalWarning',
    join(workspaceRoot, 'node_modules', 'jest', 'bin', 'jest.js'),
    ...['--config', config, '--json', '--outputFile', join(reports, `${project}.json`), ...rest],
  ],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
