import { beforeAll, describe, expect, it } from '@jest/globals';
import { accessibilityProblems } from './support/accessibility';
import { openBrowser } from './support/browser';
import type { Deskside } from './support/deskside';
import { startDeskside } from './support/deskside';

let deskside: Deskside;

beforeAll(async () => {
  deskside = await startDeskside();
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each(['dashboardUrl', 'customerUrl'] as const)('the first page at %s opens and can be operated', async (url) => {
    const person = await openBrowser('Somebody', { colorScheme });
    await person.page.goto(deskside[url]);
    await person.page.locator('input').first().waitFor();
    expect(await accessibilityProblems(person.page)).toEqual([]);
  });
});
