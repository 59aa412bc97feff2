// The server as one builds it, beside what is in dist: tests of the process always run the sources as they are now.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import config from '../../rolldown.config.mjs';

const workspace = join(import.meta.dirname, '../../../..');
export const builtServer = join(workspace, 'tmp/api-under-test/api/main.mjs');

export default async function buildServer() {
  const folder = join(builtServer, '../..');
  mkdirSync(folder, { recursive: true });
  await build({ ...config, output: { ...config.output, dir: join(folder, 'api') } });
  const operations = 'customer-operations.json';
  copyFileSync(join(workspace, 'dist/apps', operations), join(folder, operations));
}
