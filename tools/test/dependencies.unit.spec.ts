import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

type Versions = Readonly<Record<string, string>>;
const manifest = JSON.parse(text('package.json')) as Record<
  'dependencies' | 'devDependencies' | 'optionalDependencies',
  Versions
>;
const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies });

/** Rows of the record: `| package | licence | why | instead of |`. */
const record = new Map(
  [
    ...text('docs/decisions/0004-direct-dependencies.md').matchAll(/^\| `(.+?)`\s*\| (\S+|\(.+?\))\s*\| (.+?)\s*\|/gm),
  ].map(([, name, licence, why]) => [name, { licence, why }]),
);

function statedLicence(name: string): string | undefined {
  const file = `node_modules/${name}/package.json`;
  // The Node of other platforms is not installed here.
  if (!existsSync(join(root, file))) return undefined;
  return (JSON.parse(text(file)) as { license?: string }).license;
}

describe('the record of direct dependencies', () => {
  it('names each of them, and no other', () => {
    expect([...record.keys()].sort()).toEqual([...direct].sort());
  });

  it('says why for each', () => {
    expect([...record].filter(([, { why }]) => !why).map(([name]) => name)).toEqual([]);
  });

  it('gives the licence that the package itself states', () => {
    const wrong = direct.filter((name) => {
      const stated = statedLicence(name);
      return stated !== undefined && record.get(name)?.licence !== stated;
    });
    expect(wrong).toEqual([]);
  });
});
