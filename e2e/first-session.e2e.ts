import { beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Customer } from './people/customer';
import { Staff } from './people/staff';
import { accessibilityProblems } from './support/accessibility';
import { openBrowser } from './support/browser';
import type { Person } from './support/browser';
import { startDeskside } from './support/deskside';
import type { Deskside } from './support/deskside';
import { story, whileGone } from './support/story';
import { words } from './support/words';

const password = 'four unrelated words stay';
const step = story();

/** Two people in one session, from the first start to the erasure: steps 2 to 9 of what a new user does. */
describe('The first session, with a browser for each person', () => {
  let deskside: Deskside;
  let browsers: Record<'csr' | 'customer' | 'auditor' | 'second', Person>;
  let csr: Staff;
  let auditor: Staff;
  let customer: Customer;
  let number: string;

  beforeAll(async () => {
    deskside = await startDeskside();
    const [one, two, three, four] = await Promise.all(
      ['csr', 'customer', 'auditor', 'second'].map((name) => openBrowser(name)),
    );
    if (!one || !two || !three || !four) throw new Error('A browser is missing.');
    browsers = { csr: one, customer: two, auditor: three, second: four };
    csr = new Staff(one.page, deskside);
    customer = new Customer(two.page, deskside);
    auditor = new Staff(three.page, deskside);
  });

  step(
    'step 2: the administrator signs in, sees the checklist, and invites a representative and an auditor',
    async () => {
      const { email, password: generated } = deskside.firstAdministrator;
      await auditor.signIn(email, generated);
      await auditor.page.getByRole('heading', { name: 'Four steps to the first session' }).waitFor();
      expect(await accessibilityProblems(auditor.page)).toEqual([]);
      const link = await auditor.invite('Đorđe Jović', 'djordje@northwind.example', ['representative']);
      await csr.setPasswordBy(link, password);
      expect(await accessibilityProblems(csr.page)).toEqual([]);
      // A link works once.
      const again = await browsers.csr.context.newPage();
      await again.goto(link);
      await again.getByText('This link cannot be used').waitFor();
      await again.close();
    },
  );

  step('step 3: the representative starts a session and gets a number and the site address to pass on', async () => {
    await csr.open('console');
    number = await csr.startSession({ subject: 'The printer is offline', ticket: 'INC-4711' });
    expect(number).toMatch(/^\d{3} \d{3} \d{3}$/);
    await csr.page.getByText(deskside.customerUrl).first().waitFor();
    await csr.page.getByRole('button', { name: 'Copy number' }).waitFor();
    await csr.page.getByRole('button', { name: 'Copy address' }).waitFor();
    expect(await accessibilityProblems(csr.page)).toEqual([]);
  });

  step(
    'step 4: a wrong number gets a plain answer; the right one, typed full-width, lets the customer in',
    async () => {
      browsers.customer.consoleErrors.expect(/400|status of/);
      await customer.join('111 111 111', 'Ana Petrović');
      await customer.page
        .getByRole('alert')
        .filter({ hasText: /number/ })
        .waitFor();
      const fullWidth = number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
      await customer.enterNumber(fullWidth);
      await customer.page.getByRole('button', { name: 'Join the session' }).click();
      await customer.page.getByRole('heading', { name: words('Đorđe Jović is helping you') }).waitFor();
      await csr.page
        .getByRole('heading', { name: /Ana Petrović/ })
        .first()
        .waitFor();
      expect(await accessibilityProblems(customer.page)).toEqual([]);
    },
  );

  step(
    'step 4: a second person waits until the representative decides, and sees nothing of what was said before',
    async () => {
      await customer.write('This was said between the two of us.');
      await csr.lines().getByText('This was said between the two of us.').waitFor();
      const second = new Customer(browsers.second.page, deskside);
      await second.join(number, '陳怡君');
      await second.page.getByText('Please wait until you are let in').waitFor();
      await csr.page.getByRole('button', { name: words('Admit 陳怡君') }).click();
      await second.page.getByRole('heading', { name: words('Đorđe Jović is helping you') }).waitFor();
      await csr.write('Welcome, you two.');
      await second.lines().getByText('Welcome, you two.').waitFor();
      expect(await second.page.getByText('This was said between the two of us.').count()).toBe(0);
      await second.page.getByRole('button', { name: 'Leave' }).click();
      await second.page.getByRole('button', { name: 'Leave the session' }).click();
      await second.page.getByText('You left the session').waitFor();
    },
  );

  step('step 4: a third person is refused', async () => {
    const third = new Customer(browsers.second.page, deskside);
    await third.join(number, 'Somebody Else');
    await csr.page.getByRole('button', { name: words('Refuse Somebody Else') }).click();
    await third.page.getByText('You were not let into the session').waitFor();
  });

  step(
    'step 5: they chat with a typing mark, hostile text stays text, and a line taken back is gone for both',
    async () => {
      await customer.page.getByRole('textbox', { name: /Write/ }).pressSequentially('The pri');
      await csr.page.getByText(words('Ana Petrović is typing')).waitFor();
      await customer.write('<img src=x onerror=alert(1)> \u202Eevil');
      await csr.lines().getByText('<img src=x onerror=alert(1)>').waitFor();
      await customer.write('My password is hunter2');
      await csr.lines().getByText('My password is hunter2').waitFor();
      // What was sent is gone from the field, however quickly it was typed.
      expect(await customer.page.getByRole('textbox', { name: /Write/ }).inputValue()).toBe('');
      const line = customer.lines().locator('ds-chat-message').filter({ hasText: 'hunter2' });
      await line.hover();
      await line.getByRole('button', { name: 'Take back' }).click();
      await customer.lines().getByRole('button', { name: 'Take back' }).last().click();
      await csr.lines().getByText('This message was taken back.').waitFor();
      expect(await csr.page.getByText('hunter2').count()).toBe(0);
    },
  );

  step('step 5: Enter inside an input-method composition sends nothing', async () => {
    const field = customer.page.getByRole('textbox', { name: /Write/ });
    await field.fill('ni3hao3');
    await field.evaluate((element) => {
      const composing = new KeyboardEvent('keydown', {
        key: 'Enter',
        keyCode: 229,
        isComposing: true,
        bubbles: true,
        cancelable: true,
      });
      element.dispatchEvent(composing);
    });
    expect(await field.inputValue()).toBe('ni3hao3');
    await field.fill('');
  });

  step(
    'step 8: kill -9 of the server loses nothing; both come back by themselves with what was being typed',
    async () => {
      for (const person of [browsers.csr, browsers.customer, browsers.auditor, browsers.second])
        person.consoleErrors.expect(...whileGone);
      await csr.page.getByRole('textbox', { name: /Write/ }).fill('half a sentence');
      await deskside.kill9();
      await customer.page
        .getByText(/The connection is lost/)
        .first()
        .waitFor();
      await customer.write('written while the server was dead');
      await deskside.start();
      await csr.lines().getByText('written while the server was dead').waitFor();
      expect(await csr.page.getByRole('textbox', { name: /Write/ }).inputValue()).toBe('half a sentence');
      await csr.page.getByRole('textbox', { name: /Write/ }).press('Enter');
      await customer.lines().getByText('half a sentence').waitFor();
      expect(await customer.lines().getByText('written while the server was dead').count()).toBe(1);
    },
  );

  step('step 8: everybody closes the whole browser and comes back where he was', async () => {
    await browsers.customer.closeBrowser();
    await browsers.csr.closeBrowser();
    await browsers.customer.openBrowser();
    await browsers.csr.openBrowser();
    customer = new Customer(browsers.customer.page, deskside);
    csr = new Staff(browsers.csr.page, deskside);
    await customer.open();
    await customer.lines().getByText('half a sentence').waitFor();
    await csr.open('console');
    await openOnlySession(csr.page);
    await csr.lines().getByText('written while the server was dead').waitFor();
  });

  step('step 6: the representative ends the session and the customer sees it', async () => {
    await csr.page.getByRole('tab', { name: 'Session', exact: true }).click();
    await csr.page.getByRole('button', { name: 'End session' }).first().click();
    await csr.page
      .getByRole('dialog')
      .or(csr.page.getByRole('alertdialog'))
      .getByRole('button', { name: 'End session' })
      .click();
    await customer.page.getByText('The session has ended').waitFor();
    expect(await accessibilityProblems(customer.page)).toEqual([]);
  });

  step(
    'step 7: the auditor finds it by number, by name without accents, and sees every event and an unbroken chain',
    async () => {
      await auditor.open('audit');
      await auditor.page.getByLabel('Session number').fill(number);
      await auditor.page.getByRole('button', { name: 'Find', exact: true }).click();
      await auditor.page.getByText('1 session found').waitFor();
      await auditor.page.getByRole('radio', { name: 'Name' }).click();
      await auditor.page.getByLabel('Name or part of a name').fill('petrovic');
      await auditor.page.getByRole('button', { name: 'Find', exact: true }).click();
      await auditor.page.getByText('1 session found').waitFor();
      await auditor.page
        .getByRole('link', { name: new RegExp(number.replaceAll(' ', '\\s')) })
        .first()
        .click();
      await auditor.page.getByText(/All \d+ events follow one from another/).waitFor();
      await auditor.page.getByText('Looking at this is recorded', { exact: false }).waitFor();
      expect(await accessibilityProblems(auditor.page)).toEqual([]);
    },
  );

  step('step 9: the administrator erases the customer, and name and chat read "erased" everywhere', async () => {
    await auditor.page.getByRole('button', { name: 'Erase this person' }).click();
    await auditor.page.getByRole('menuitem', { name: words('Erase Ana Petrović') }).click();
    const dialog = auditor.page.getByRole('dialog');
    await dialog.getByText('This will reach').waitFor();
    await dialog.getByRole('textbox').fill(number);
    await auditor.page.getByRole('button', { name: 'Erase for good' }).click();
    await auditor.page.getByText('Name and content read “erased” everywhere from now on.').waitFor();
    await auditor.open('audit');
    await auditor.page.getByLabel('Session number').fill(number);
    await auditor.page.getByRole('button', { name: 'Find', exact: true }).click();
    await auditor.page
      .getByRole('link', { name: new RegExp(number.replaceAll(' ', '\\s')) })
      .first()
      .click();
    await auditor.page.getByText(/All \d+ events follow one from another/).waitFor();
    expect(await auditor.page.getByText('Ana Petrović').count()).toBe(0);
    expect(await auditor.page.getByText('half a sentence').count()).toBe(0);
    expect(await auditor.page.getByText('erased').count()).toBeGreaterThan(0);
  });
});

async function openOnlySession(page: Page): Promise<void> {
  await page.keyboard.press('Alt+1');
}
