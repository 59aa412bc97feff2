import { Staff } from './staff';

/** Whoever looks after the site. */
export class Administrator extends Staff {
  /** The mail that the site would have sent last to this address, as the development mailbox shows it. */
  async caughtMail(to: string): Promise<string> {
    await this.open('mail/mailbox');
    await this.page.getByRole('list', { name: 'Mails' }).getByRole('button').filter({ hasText: to }).first().click();
    return this.page.getByRole('article').innerText();
  }
}
