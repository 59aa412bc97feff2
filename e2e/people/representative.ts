import type { Locator } from 'playwright-core';
import { Staff } from './staff';

/** Whoever serves sessions in the console. */
export class Representative extends Staff {
  async inviteByEmail(whom: { to: string; name: string; language: string }): Promise<void> {
    const dialog = await this.#inviteBy('E-mail');
    await dialog.getByLabel('E-mail address').fill(whom.to);
    await dialog.getByLabel('Customer’s name').fill(whom.name);
    await dialog.getByLabel('Language of the invitation').click();
    await this.page.getByRole('option', { name: whom.language }).click();
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await dialog.getByText(/^Sent at/).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
  }

  /** @returns what is to be read out */
  async inviteByPhone(telephone: string): Promise<string> {
    const dialog = await this.#inviteBy('Phone');
    await dialog.getByLabel('Telephone number, if you want to dial').fill(telephone);
    await dialog.getByRole('button', { name: 'Show the script' }).click();
    const script = await dialog.locator('blockquote').innerText();
    await dialog.getByRole('button', { name: 'Close' }).click();
    return script;
  }

  /** @returns the link in the message that is to be passed on */
  async inviteByMessage(name: string): Promise<string> {
    const dialog = await this.#inviteBy('Instant message');
    await dialog.getByLabel('Customer’s name').fill(name);
    await dialog.getByRole('button', { name: 'Make the message' }).click();
    const message = dialog.locator('blockquote', { hasText: 'invitation=' });
    const link = /https?:\S+/.exec(await message.innerText())?.[0];
    if (link === undefined) throw new Error('The message has no link.');
    await dialog.getByRole('button', { name: 'Close' }).click();
    return link;
  }

  /** The invitations of the session, as the dialog lists them. */
  async withdrawInvitation(): Promise<void> {
    const dialog = await this.#inviteBy('E-mail');
    await dialog.getByRole('button', { name: 'Withdraw' }).first().click();
    await dialog.getByText('Withdrawn: its link lets nobody in').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
  }

  async joinAudio(): Promise<void> {
    await this.onTab('Tools');
    await this.page.getByRole('button', { name: 'Audio', exact: true }).click();
    await this.page.getByRole('button', { name: 'Leave audio' }).waitFor();
  }

  async requestView(): Promise<void> {
    await this.onTab('Desktop');
    await this.page
      .getByRole('button', { name: /^(Request View|Ask again)$/ })
      .first()
      .click();
  }

  /** The picture's box does not reach out of its frame, so nothing of the customer's screen is cut off. */
  async seesWholePicture(): Promise<boolean> {
    const screen = this.page.locator('ds-shared-screen');
    const [frame, picture] = await Promise.all([screen.boundingBox(), screen.locator('video').boundingBox()]);
    if (frame === null || picture === null) return false;
    return picture.x + picture.width <= frame.x + frame.width && picture.y + picture.height <= frame.y + frame.height;
  }

  async withdrawRequest(): Promise<void> {
    await this.onTab('Desktop');
    await this.page
      .getByRole('button', { name: /^Withdraw/ })
      .first()
      .click();
  }

  async openNotes(): Promise<void> {
    await this.onTab('Tools');
    await this.page.getByRole('button', { name: 'Notes', exact: true }).first().click();
  }

  async writeNote(text: string): Promise<void> {
    await this.openNotes();
    await this.page.getByRole('textbox', { name: /note/i }).fill(text);
  }

  async saveNote(text: string): Promise<void> {
    await this.writeNote(text);
    await this.page.getByRole('button', { name: 'Save to report' }).click();
    await this.page.getByText(text, { exact: true }).first().waitFor();
  }

  /** Writes the next version of the only note. */
  async changeNote(text: string): Promise<void> {
    await this.openNotes();
    await this.page.getByRole('button', { name: 'Edit', exact: true }).click();
    await this.page.getByRole('textbox', { name: /note/i }).fill(text);
    await this.page.getByRole('button', { name: 'Save to report' }).click();
    await this.page.getByText(/^Version 2/).waitFor();
  }

  async endSession(): Promise<void> {
    await this.onTab('Session');
    await this.page.getByRole('button', { name: 'End session' }).first().click();
    const dialog = this.page.getByRole('alertdialog').or(this.page.getByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'End session' });
    await confirm.waitFor();
    await confirm.click({ delay: 50 });
    await this.page.getByText('The session has ended').first().waitFor();
  }

  async onTab(name: 'Tools' | 'Desktop' | 'Session'): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
  }

  async #inviteBy(way: 'E-mail' | 'Phone' | 'Instant message'): Promise<Locator> {
    await this.onTab('Tools');
    await this.page.getByRole('button', { name: 'Invite', exact: true }).first().click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: way }).click();
    return dialog;
  }
}
