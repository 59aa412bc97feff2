// The API as ES modules: our own sources in a few files, packages from node_modules as they are. esbuild would drop the
// decorator metadata that Nest injects by.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'rolldown';

const workspace = join(import.meta.dirname, '..', '..');

/** @param {string} id Our libraries and the helpers that the compiler adds are part of the bundle. */
function isPackage(id) {
  return !/^(\.|\/|\0|[A-Za-z]:[\\/]|@deskside\/|@oxc-project\/runtime)/.test(id);
}

/** The committed schemas are read when the server starts. */
const schemas = {
  name: 'schemas',
  /** @this {import('rolldown').PluginContext} */
  buildStart() {
    const folder = join(import.meta.dirname, 'schema');
    for (const name of readdirSync(folder))
      this.emitFile({ type: 'asset', fileName: `schema/${name}`, source: readFileSync(join(folder, name)) });
  },
};

export default defineConfig({
  input: {
    main: join(import.meta.dirname, 'src/main.ts'),
    'log-writer.worker': join(workspace, 'libs/event-store/src/sqlite/log-writer.worker.ts'),
    'vault-writer.worker': join(workspace, 'libs/vault/src/sqlite/vault-writer.worker.ts'),
    'projection.worker': join(workspace, 'libs/projections/src/worker/projection.worker.ts'),
  },
  platform: 'node',
  tsconfig: join(import.meta.dirname, 'tsconfig.json'),
  external: isPackage,
  plugins: [schemas],
  // A module that is not found would only be a warning, and a broken server.
  onLog: (level, log, handler) => handler(level === 'warn' ? 'error' : level, log),
  output: {
    dir: join(workspace, 'dist/apps/api'),
    cleanDir: true,
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].mjs',
    // Beside the entries: the code that starts a worker finds it as a neighbour of its own file.
    chunkFileNames: '[name]-[hash].mjs',
  },
});
