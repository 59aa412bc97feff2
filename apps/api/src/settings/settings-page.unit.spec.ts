import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { settingTable } from './settings';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/operating/settings.md'), 'utf8');

it('has each setting on the page for operators, word for word', () => {
  const rows = [...page.matchAll(/^\| `(DESKSIDE_\w+)`\s*\|\s*(?:`(.*?)`)?\s*\| (.*?)\s*\| (.*?)\s*\|$/gm)].map(
    ([, name, standard, meaning, expects]) => ({ name, standard, meaning, expects }),
  );
  const settings = Object.entries(settingTable).map(([name, { standard, meaning, expects }]) => ({
    name,
    standard,
    meaning,
    expects,
  }));
  expect(rows).toEqual(settings);
});
