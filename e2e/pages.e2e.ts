import { beforeAll, describe, expect, it } from '@jest/globals';
import { Staff } from './people/staff';
import { accessibilityProblems } from './support/accessibility';
import { openBrowser } from './support/browser';
import type { Deskside } from './support/deskside';
import { startDeskside } from './support/deskside';
import { until } from './support/until';

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

it('a page whose sign-in has ended shows nothing of its person, and goes on where it was after the next', async () => {
  const { page } = await openBrowser('Administrator');
  const { email, password } = deskside.firstAdministrator;
  await new Staff(page, deskside).signIn(email, password);
  const checklist = page.getByRole('heading', { name: 'Four steps to the first session' });
  await checklist.waitFor();
  // As in another window.
  await page.evaluate(async () => {
    const body = JSON.stringify({ query: 'mutation { signOut }' });
    await fetch('/graphql/staff', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  });
  await page.getByText('Your sign-in has expired').waitFor();
  const cover = page.locator('.cdk-overlay-backdrop-showing');
  const corner = (): Promise<readonly string[]> =>
    cover.evaluate((element) => {
      const { backgroundColor, opacity } = getComputedStyle(element);
      return [String(document.elementFromPoint(10, 10) === element), backgroundColor, opacity];
    });
  await until('the page is covered', async () => (await corner()).at(-1) === '1');
  expect(await corner()).toEqual(['true', expect.stringMatching(/^rgb\(/), '1']);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await cover.waitFor({ state: 'detached' });
  expect(await checklist.isVisible()).toBe(true);
});
