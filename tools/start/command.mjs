// npm run admin:recover, backup, restore: a command of the built server, run to its end.
import { spawn } from 'node:child_process';
import { onWorkspaceNode } from '../process/workspace-node.mjs';

await onWorkspaceNode();
const { apiMain, buildIfChanged } = await import('./build.mjs');

if (!(await buildIfChanged())) process.exit(1);
const child = spawn(process.execPath, [apiMain, ...process.argv.slice(2)], { stdio: 'inherit' });
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
