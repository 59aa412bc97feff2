import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root });
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** `apps/api/src/chat` and the like in running text; names with a placeholder are no paths. */
const namedPath = /`((?:apps|libs|tools|e2e|docs)\/[\w./-]+)`/g;
const link = /\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g;
const npmScript = /npm (?:run )?(start|test|[\w-]+:[\w-]+|run [\w:-]+)/g;

function found(page: string, pattern: RegExp): string[] {
  return [...readFileSync(join(root, page), 'utf8').matchAll(pattern)].map(([, name]) => name ?? '');
}

describe.each(pages)('%s', (page) => {
  it('names folders and files that are there', () => {
    expect(found(page, namedPath).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('links to pages that are there', () => {
    expect(found(page, link).filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  it('gives commands that package.json has', () => {
    const scripts = found(page, npmScript).map((name) => name.replace(/^run /, ''));
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });
});
