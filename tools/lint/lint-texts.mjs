// Lints texts as if they stood in the files named, for the test of the rules themselves.
// stdin: [{ "file": "libs/domain/src/x.ts", "text": "..." }], stdout: [["rule-id", ...], ...] in the same order.
import { text as readAll } from 'node:stream/consumers';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { workspaceRoot } from '../process/workspace.mjs';
import { prepareProjectGraph } from './project-graph.mjs';

process.chdir(workspaceRoot);
await prepareProjectGraph();
const eslint = new ESLint({ cwd: workspaceRoot });

/** @param {{ file: string, text: string }} sample */
async function rulesBrokenBy({ file, text }) {
  const [result] = await eslint.lintText(text, { filePath: join(workspaceRoot, file) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const samples = JSON.parse(await readAll(process.stdin));
const answers = [];
for (const sample of samples) answers.push(await rulesBrokenBy(sample));
process.stdout.write(`\n${JSON.stringify(answers)}`);
