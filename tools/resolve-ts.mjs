// Lets Node run the workspace's TypeScript as it stands: extensionless relative imports and the names of
// tsconfig.base.json resolve to their .ts files. Node itself strips the types. Use: node --import ./tools/resolve-ts.mjs
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const { compilerOptions } = JSON.parse(readFileSync(new URL('tsconfig.base.json', root), 'utf8'));
const names = new Map(Object.entries(compilerOptions.paths).map(([name, [path]]) => [name, new URL(path, root).href]));

/** @param {string} specifier @param {string | undefined} parent */
function sourceOf(specifier, parent) {
  const named = names.get(specifier);
  if (named) return named;
  if (!/^\.\.?(\/|$)/.test(specifier) || !parent?.endsWith('.ts')) return undefined;
  const bare = new URL(specifier, parent).href;
  return [`${bare}.ts`, `${bare}/index.ts`].find((url) => existsSync(fileURLToPath(url)));
}

registerHooks({
  resolve(specifier, context, next) {
    const url = sourceOf(specifier, context.parentURL);
    return url ? { url, format: 'module-typescript', shortCircuit: true } : next(specifier, context);
  },
});
