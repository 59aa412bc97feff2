import type { Page } from 'playwright-core';
import type { Deskside } from '../support/deskside';

/** What a member of staff does in the dashboard, by what stands on the screen. */
export class Staff {
  readonly page: Page;
  readonly #deskside: Deskside;

  constructor(page: Page, deskside: Deskside) {
    this.page = page;
    this.#deskside = deskside;
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.page.goto(this.#deskside.dashboardUrl);
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.getByRole('button', { name: /^Account of/ }).waitFor();
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.#deskside.dashboardUrl}${path}`);
  }

  /** Invites somebody and gives back the one-time link that is shown. */
  async invite(name: string, email: string, roles: readonly string[]): Promise<string> {
    await this.open('accounts');
    await this.page.getByRole('button', { name: 'Invite', exact: true }).first().click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('E-mail').fill(email);
    for (const role of ['administrator', 'supervisor', 'representative', 'auditor'])
      await dialog.getByRole('checkbox', { name: new RegExp(`^${role}`) }).setChecked(roles.includes(role));
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = this.page.getByText(/\/dashboard\/link#/);
    await link.waitFor();
    const address = /https?:\/\/\S+\/dashboard\/link#[\w-]+/.exec((await link.innerText()).trim())?.[0];
    if (address === undefined) throw new Error('The link is not shown whole.');
    await this.page.getByRole('button', { name: 'I have passed it on' }).click();
    return address;
  }

  async setPasswordBy(link: string, password: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByLabel('New password').fill(password);
    await this.page.getByRole('button', { name: 'Set password and sign in' }).click();
    await this.page.getByRole('button', { name: /^Account of/ }).waitFor();
  }

  /** Starts a session from the console and gives back its number, as it is shown. */
  async startSession(about: { subject?: string; ticket?: string } = {}): Promise<string> {
    await this.page.getByRole('button', { name: 'New session' }).first().click();
    const dialog = this.page.getByRole('dialog');
    if (about.subject !== undefined) await dialog.getByLabel('Subject').fill(about.subject);
    if (about.ticket !== undefined) await dialog.getByLabel('Ticket number').fill(about.ticket);
    await dialog.getByRole('button', { name: 'Start session' }).click();
    const number = this.page.getByText(/^\d{3}\s\d{3}\s\d{3}$/).first();
    await number.waitFor();
    return (await number.innerText()).replace(/\s/gu, ' ');
  }

  async write(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: /Write/ }).fill(text);
    await this.page.keyboard.press('Enter');
  }

  lines(): ReturnType<Page['getByRole']> {
    return this.page.getByRole('log').first();
  }
}
