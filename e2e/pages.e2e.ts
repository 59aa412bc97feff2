import { beforeAll, describe, expect, it } from '@jest/globals';
import { Customer } from './people/customer';
import { Staff } from './people/staff';
import { accessibilityProblems } from './support/accessibility';
import { openBrowser } from './support/browser';
import { loseAnEvent } from './support/damaged-log';
import type { Deskside } from './support/deskside';
import { startDeskside } from './support/deskside';
import { whileGone } from './support/story';
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

it('while nothing can be written everybody reads what is so and what to do, and it comes back by itself', async () => {
  const site = await startDeskside();
  const [staff, visitor] = await Promise.all([openBrowser('Administrator and Bojan'), openBrowser('Ana')]);
  const { email, password } = site.firstAdministrator;
  const administrator = new Staff(staff.page, site);
  await administrator.signIn(email, password);
  const number = await administrator.startSession();
  const ana = new Customer(visitor.page, site);
  await ana.join(number, 'Ana');
  const send = visitor.page.getByRole('button', { name: 'Send' });
  await send.waitFor();
  for (const person of [staff, visitor]) person.consoleErrors.expect(...whileGone);

  const putBack = await loseAnEvent(site, 1);

  const bar = staff.page.getByRole('alert').filter({ hasText: `Event 1 of session ${number} is missing.` });
  await bar.filter({ hasText: 'npm run verify says all that is wrong. Restore a backup' }).waitFor();
  const start = staff.page.getByRole('button', { name: 'New session' }).first();
  const why = 'Nothing can be changed at the moment: the site’s log is damaged.';
  expect([await start.getAttribute('title'), await start.isDisabled()]).toEqual([why, true]);
  await start.click({ force: true });
  expect(await staff.page.getByRole('dialog').count()).toBe(0);
  expect(await accessibilityProblems(staff.page)).toEqual([]);

  // Lost with it is that the representative is in the session.
  await staff.page.getByText('This session cannot be opened: the log is damaged').waitFor();
  expect(await staff.page.getByText('This session does not exist.').count()).toBe(0);

  await visitor.page.getByText('Nothing can be sent at the moment.').waitFor();
  expect(await send.isDisabled()).toBe(true);
  await ana.write('Are you there?');
  await visitor.page.reload();
  await visitor.page.getByRole('heading', { name: 'We cannot tell at the moment who is helping you' }).waitFor();
  expect(await visitor.page.getByRole('textbox').inputValue()).toBe('Are you there?');
  const bojan = await staff.context.newPage();
  await bojan.goto(site.customerUrl);
  await bojan.getByLabel('What is your session number?').waitFor();
  await bojan.getByText('We cannot start a session at the moment.').waitFor();
  const join = bojan.getByRole('button', { name: 'Join the session' });
  expect(await join.isDisabled()).toBe(true);
  expect(await accessibilityProblems(bojan)).toEqual([]);
  expect(site.output.match(/event log damaged/g)).toHaveLength(1);

  await putBack();

  for (const one of [bar, bojan.getByText('We cannot start a session')]) await one.waitFor({ state: 'hidden' });
  expect([await start.isDisabled(), await join.isDisabled()]).toEqual([false, false]);
  await send.click();
  await staff.page.reload();
  await staff.page.getByText('Are you there?').waitFor();
});
