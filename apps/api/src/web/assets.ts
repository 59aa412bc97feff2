import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Built files: beside the bundle in `dist/apps`, or from the sources' own workspace when run unbuilt in tests. */
const isUnbuilt = import.meta.url.endsWith('.ts');
const built = isUnbuilt ? join(import.meta.dirname, '../../../../dist/apps') : join(import.meta.dirname, '..');
const sources = join(import.meta.dirname, '../..');

/** Path of `schema/<name>.graphql` or of a file that the builds made. @throws when it was not built. */
export function assetPath(name: string): string {
  const places = [join(import.meta.dirname, name), join(sources, name), join(built, name)];
  const found = places.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} has not been built.`);
  return found;
}

/** Folder of a built page; null without one. Sources serve none: whether some happen to be built decides no test. */
export function pageFolder(app: 'dashboard' | 'customer'): string | null {
  if (isUnbuilt) return null;
  const folder = join(built, app, 'browser');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}
