// npm test: everything that must hold before a change goes in, on a machine with nothing but Node. Every step runs even
// when an earlier one failed; the last line adds up all of it. `npm run test:quick` leaves the browser out.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from '../process/run.mjs';
import { onWorkspaceNode } from '../process/workspace-node.mjs';
import { workspaceRoot } from '../process/workspace.mjs';
import { lockfileProblems } from './lockfile.mjs';

await onWorkspaceNode();
process.chdir(workspaceRoot);

const quick = process.argv.includes('--quick');
const reports = join(workspaceRoot, 'dist', 'test');
const everyProject = (/** @type {string} */ target) =>
  run('nx', ['run-many', '-t', target, `--parallel=${availableParallelism()}`, '--output-style=static']);

/** @typedef {{ name: string, run: () => Promise<boolean>, needs?: string }} Step */

/** @type {Step[]} */
const steps = [
  { name: 'format', run: async () => (await run('prettier', ['--check', '--log-level=warn', '.'])).ok },
  { name: 'lock file', run: async () => report(lockfileProblems()) },
  { name: 'types', run: async () => (await everyProject('typecheck')).ok },
  { name: 'lint', run: async () => (await run('tools/lint/lint.mjs', [])).ok },
  { name: 'rules and parts', run: async () => (await everyProject('test')).ok },
];

if (!quick)
  steps.push(
    { name: 'browser', run: findBrowser },
    { name: 'build', run: async () => (await everyProject('build')).ok },
    { name: 'browser tests', run: async () => (await run('nx', ['run', 'e2e:e2e', '--output-style=stream'])).ok },
  );

/** @param {readonly string[]} sentences */
function report(sentences) {
  for (const sentence of sentences) process.stdout.write(`${sentence}\n`);
  return sentences.length === 0;
}

async function findBrowser() {
  const { provideBrowser } = await import('../browser/provide-browser.mjs');
  try {
    process.env.DESKSIDE_TEST_BROWSER = await provideBrowser();
    return report([]);
  } catch (error) {
    return report([error instanceof Error ? error.message : String(error)]);
  }
}

/** Sums of jest's own reports; a file that could not be run counts as one failure, a skipped test too. */
function counts() {
  let passed = 0;
  let failed = 0;
  for (const file of readdirSync(reports)) {
    const jest = JSON.parse(readFileSync(join(reports, file), 'utf8'));
    passed += jest.numPassedTests;
    failed += jest.numFailedTests + jest.numRuntimeErrorTestSuites + jest.numPendingTests + jest.numTodoTests;
  }
  return { passed, failed };
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** @type {{ name: string, ok: boolean, seconds: number, failedTests: number }[]} */
const done = [];
let before = counts();
for (const step of steps) {
  process.stdout.write(`\n── ${step.name}\n`);
  const start = performance.now();
  const ok = await step.run();
  const after = counts();
  done.push({
    name: step.name,
    ok,
    seconds: (performance.now() - start) / 1000,
    failedTests: after.failed - before.failed,
  });
  before = after;
}

process.stdout.write('\n');
for (const { name, ok, seconds } of done)
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${seconds.toFixed(1).padStart(7)} s  ${name}\n`);

const { passed, failed } = counts();
// A step without tests of its own (format, types, lint, ...) that failed is one failure.
const failedSteps = done.filter(({ ok, failedTests }) => !ok && failedTests === 0).length;
process.stdout.write(`\n${passed} passed, ${failed + failedSteps} failed\n`);
process.exitCode = failed + failedSteps === 0 ? 0 : 1;
