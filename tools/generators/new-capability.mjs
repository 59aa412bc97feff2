// npm run new:capability -- consent: the folders of a capability in the domain, the API and the dashboard, with a decider
// whose example test passes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { giveUp, onWorkspaceNode } from '../process/workspace-node.mjs';
import { workspaceRoot } from '../process/workspace.mjs';
import { capabilityEdits, capabilityFiles, nextSteps } from './capability-files.mjs';

/** @param {string} root @param {string} name hyphenated */
export async function newCapability(root, name) {
  const files = capabilityFiles(name);
  const taken = Object.keys(files).find((file) => existsSync(dirname(join(root, file))));
  if (taken !== undefined) throw new Error(`${dirname(taken)} is there already.`);
  /** @type {Record<string, string>} */
  const texts = { ...files };
  for (const [file, edit] of Object.entries(capabilityEdits(name)))
    texts[file] = edit(readFileSync(join(root, file), 'utf8'));
  const { format, resolveConfig } = await import('prettier');
  const style = await resolveConfig(join(workspaceRoot, 'package.json'));
  for (const [file, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), await format(text, { ...style, parser: 'typescript' }));
  }
  return Object.keys(files);
}

async function main() {
  await onWorkspaceNode();
  const name = process.argv[2];
  if (name === undefined || !/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name))
    giveUp('Say its name in lower case with hyphens: npm run new:capability -- consent');
  const made = await newCapability(workspaceRoot, name).catch((error) => giveUp(error.message));
  process.stdout.write(
    `${made.join('\n')}\n\nNext:\n${nextSteps(name)
      .map((step) => `- ${step}\n`)
      .join('')}`,
  );
}

if (resolve(process.argv[1] ?? '') === import.meta.filename) await main();
