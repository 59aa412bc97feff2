import type { Page } from 'playwright-core';
import type { Deskside } from '../support/deskside';

/** What a customer does on the support site. */
export class Customer {
  readonly page: Page;
  readonly #deskside: Deskside;

  constructor(page: Page, deskside: Deskside) {
    this.page = page;
    this.#deskside = deskside;
  }

  async open(): Promise<void> {
    await this.page.goto(this.#deskside.customerUrl);
  }

  async join(number: string, name: string): Promise<void> {
    await this.open();
    await this.page.getByLabel('What is your session number?').fill(number);
    await this.page.getByLabel('What is your name?').fill(name);
    await this.page.getByRole('button', { name: 'Join the session' }).click();
  }

  async write(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: /Write/ }).fill(text);
    await this.page.keyboard.press('Enter');
  }

  lines(): ReturnType<Page['getByRole']> {
    return this.page.getByRole('log').first();
  }
}
