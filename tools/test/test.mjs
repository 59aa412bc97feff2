// npm test: everything that must hold before a change goes in, on a machine with nothing but Node. Every step runs even
// when an earlier one failed; the last line adds up all of it. `npm run test:quick` leaves the rows in the browser out.
import { availableParallelism } from 'node:os';
import { run } from '../process/run.mjs';
import { onWorkspaceNode } from '../process/workspace-node.mjs';
import { workspaceRoot } from '../process/workspace.mjs';
import { forgetReports, testCounts } from './counts.mjs';
import { lockfileProblems } from './lockfile.mjs';

await onWorkspaceNode();
process.chdir(workspaceRoot);

const everyProject = (/** @type {string} */ target) =>
  succeeds('nx', ['run-many', '-t', target, `--parallel=${availableParallelism()}`, '--output-style=static']);

/** @type {{ name: string, work: () => Promise<boolean> }[]} */
const steps = [
  { name: 'format', work: () => succeeds('prettier', ['--check', '--log-level=warn', '.']) },
  { name: 'lock file', work: async () => say(lockfileProblems()) },
  { name: 'types', work: () => everyProject('typecheck') },
  { name: 'lint', work: () => succeeds('tools/lint/lint.mjs', []) },
  // Tests of media would each wait for it, and it may take minutes on a new machine.
  { name: 'media server', work: () => succeeds('tools/media/provide-livekit.mjs', []) },
  { name: 'browser', work: findBrowser },
  { name: 'rules and parts', work: () => everyProject('test') },
];
if (!process.argv.includes('--quick'))
  steps.push(
    { name: 'build', work: () => everyProject('build') },
    {
      name: 'media and rows in the browser',
      // One after the other: browsers and a media server share the machine's cores.
      work: () => succeeds('nx', ['run-many', '-t', 'e2e', '--parallel=1', '--output-style=static']),
    },
  );

/** @param {string} script @param {readonly string[]} args */
async function succeeds(script, args) {
  const { ok, signal } = await run(script, args);
  if (signal !== undefined) process.exit(130);
  return ok;
}

/** @param {readonly string[]} sentences what is wrong */
function say(sentences) {
  for (const sentence of sentences) process.stdout.write(`${sentence}\n`);
  return sentences.length === 0;
}

async function findBrowser() {
  const { provideBrowser } = await import('../browser/provide-browser.mjs');
  const { provideDisplay } = await import('../browser/provide-display.mjs');
  try {
    process.env.TEST_BROWSER = await provideBrowser();
    // Each test starts its own; here it is seen that one can be had.
    (await provideDisplay()).close();
    return true;
  } catch (error) {
    return say([error instanceof Error ? error.message : String(error)]);
  }
}

forgetReports();
const begun = performance.now();
/** @type {string[]} */
const table = [];
let brokenSteps = 0;
for (const { name, work } of steps) {
  process.stdout.write(`\n── ${name}\n`);
  const start = performance.now();
  const failedBefore = testCounts().failed;
  const ok = await work();
  // A step that failed without a failed test (format, types, a file that jest never came to) is one failure.
  if (!ok && testCounts().failed === failedBefore) brokenSteps += 1;
  table.push(`${ok ? 'ok    ' : 'FAILED'} ${seconds(start)}  ${name}`);
}

/** @param {number} since */
function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s`;
}

const { passed, failed, failures } = testCounts();
process.stdout.write(`\n${table.join('\n')}\n       ${seconds(begun)}  in all, Node ${process.versions.node}\n`);
// Last, for a service that keeps but the end of its log; and no more than such an end holds.
const shown = failures.slice(0, 20);
if (shown.length > 0) process.stdout.write(`\n${shown.join('\n')}\n`);
process.stdout.write(`\n${passed} passed, ${failed + brokenSteps} failed\n`);
process.exitCode = failed + brokenSteps === 0 ? 0 : 1;
