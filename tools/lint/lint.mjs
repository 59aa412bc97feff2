// npm run lint: ESLint over everything, with the module boundaries in force. Arguments go to ESLint (`-- --fix`).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onWorkspaceNode } from '../process/workspace-node.mjs';
import { workspaceRoot } from '../process/workspace.mjs';

await onWorkspaceNode();
process.chdir(workspaceRoot);
const { prepareProjectGraph } = await import('./project-graph.mjs');
await prepareProjectGraph();

const eslint = join(workspaceRoot, 'node_modules', 'eslint', 'bin', 'eslint.js');
const { status } = spawnSync(process.execPath, [eslint, '.', '--max-warnings', '0', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
