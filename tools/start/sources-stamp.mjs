import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../process/workspace.mjs';

/** What a build is made from; the lock file stands for all of node_modules. */
const roots = ['apps', 'libs', 'tools/codegen', 'tools/i18n'];
const files = ['package.json', 'package-lock.json', 'nx.json', 'tsconfig.base.json'];
const leftOut = /(^|\/)(node_modules|generated|test|\.angular)(\/|$)|\.(spec|e2e)\.ts$/;

/** @param {string} root */
function filesBelow(root) {
  return readdirSync(join(workspaceRoot, root), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(workspaceRoot.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !leftOut.test(path));
}

/** SHA-256 over names and contents, so that a checkout or a touched file alone builds nothing anew; some 50 ms. */
export function sourcesStamp() {
  const hash = createHash('sha256').update(process.version);
  for (const path of [...files, ...roots.flatMap(filesBelow)].sort())
    hash.update(`\0${path}\0`).update(readFileSync(join(workspaceRoot, path)));
  return hash.digest('hex');
}
