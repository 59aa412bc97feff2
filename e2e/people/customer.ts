import type { Locator, Page } from 'playwright-core';
import type { Deskside } from '../support/deskside';

/** What a customer does on the support site, by what stands on the screen. */
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

  /** Types the number and waits for the server's word about it: who asks, or that there is no such session. */
  async enterNumber(number: string): Promise<void> {
    await this.page.getByLabel('What is your session number?').fill(number);
    await this.whoAsks()
      .or(this.page.getByRole('alert').filter({ hasText: /\S/ }))
      .first()
      .waitFor();
  }

  async join(number: string, name: string): Promise<void> {
    await this.open();
    await this.enterNumber(number);
    await this.page.getByLabel('What is your name?').fill(name);
    await this.page.getByRole('button', { name: 'Join the session' }).click();
  }

  /** Opens an invitation's link and reads who asks. */
  async openLink(link: string): Promise<void> {
    await this.page.goto(link);
    await this.whoAsks().waitFor();
  }

  /** One press; the name is that of the invitation unless another is given. */
  async joinByLink(link: string, name?: string): Promise<void> {
    await this.openLink(link);
    if (name !== undefined) await this.page.getByLabel(/^Your name/).fill(name);
    await this.page.getByRole('button', { name: 'Join the session' }).click();
  }

  /** Reports before joining. */
  async report(): Promise<void> {
    await this.page.getByRole('button', { name: 'Report' }).click();
    const question = this.page.getByRole('alertdialog', { name: 'Report this session?' });
    await question.getByRole('button', { name: 'Report' }).click();
    await this.page.getByRole('heading', { name: 'Thank you for the report' }).waitFor();
  }

  /** Waits until the voice server is there, then hears and talks. */
  async hearAndTalk(): Promise<void> {
    await this.page.getByRole('button', { name: 'Hear and talk' }).click();
    await this.page.getByText('You are heard').waitFor();
  }

  async mute(): Promise<void> {
    await this.page.getByRole('button', { name: 'Mute', exact: true }).click();
    await this.page.getByText('You are muted').waitFor();
  }

  async unmute(): Promise<void> {
    await this.page.getByRole('button', { name: 'Unmute' }).click();
    await this.page.getByText('You are heard').waitFor();
  }

  async stopTalking(): Promise<void> {
    await this.page.getByRole('button', { name: 'Stop talking' }).click();
  }

  /** Chooses a screen in answer to the question that stands there, and waits until it is seen. */
  async chooseScreen(): Promise<void> {
    await this.pressChoose();
    await this.shareBar().waitFor();
  }

  /** Only the press: for choices that come to nothing. */
  async pressChoose(): Promise<void> {
    await this.screenQuestion()
      .getByRole('button', { name: /Choose a screen/ })
      .click();
  }

  async notNow(): Promise<void> {
    await this.screenQuestion().getByRole('button', { name: 'Not now' }).click();
  }

  async moreTime(): Promise<void> {
    await this.screenQuestion().getByRole('button', { name: 'More time' }).click();
  }

  /** Presses Stop; the bar is gone when this returns. What the server says follows: `stopIsConfirmed`. */
  async stop(): Promise<void> {
    await this.shareBar().getByRole('button', { name: 'Stop' }).click();
    await this.shareBar().waitFor({ state: 'hidden' });
  }

  async stopIsConfirmed(): Promise<void> {
    await this.page.getByText('Stopped – nobody sees your screen.').waitFor();
  }

  /** After a reload in the middle of a share. */
  async shareAgain(): Promise<void> {
    await this.page.getByRole('button', { name: /Share again/ }).click();
    await this.shareBar().waitFor();
  }

  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: 'Leave', exact: true }).click();
    await this.page.getByRole('button', { name: 'Leave the session' }).click();
  }

  async write(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: /Write/ }).fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** "Marko Jović from Northwind wants to help you." */
  whoAsks(): Locator {
    return this.page.getByRole('status').filter({ hasText: 'wants to help you' });
  }

  screenQuestion(): Locator {
    return this.page.getByRole('alertdialog', { name: /asks to see your screen/ });
  }

  /** The red bar. */
  shareBar(): Locator {
    return this.page.getByRole('region', { name: 'What is shared' });
  }

  lines(): Locator {
    return this.page.getByRole('log').first();
  }
}
