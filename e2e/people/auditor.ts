import { spaced } from '../support/words';
import { Staff } from './staff';

/** What an auditor does with the history of one session. */
export class Auditor extends Staff {
  async openHistory(number: string): Promise<void> {
    await this.open('audit');
    await this.page.getByLabel('Session number').fill(number);
    await this.page.getByRole('button', { name: 'Find', exact: true }).click();
    await this.page
      .getByRole('link', { name: spaced(number) })
      .first()
      .click();
    await this.page.getByRole('slider', { name: 'Time in the session' }).waitFor();
  }

  /** Plays from the first event to the last at full speed, long pauses left out. */
  async playAll(): Promise<void> {
    await this.page.getByRole('radio', { name: '16 times as fast' }).click();
    await this.page.keyboard.press('Home');
    await this.page.getByRole('button', { name: 'Play', exact: true }).click();
    await this.page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await this.page.getByRole('button', { name: 'Play', exact: true }).waitFor({ timeout: 60_000 });
  }

  /** Chooses an event by what it says and gives the state that is shown then. */
  async stateAt(event: RegExp): Promise<string> {
    await this.page.locator('ds-event-list').getByRole('button', { name: event }).last().click();
    return this.page.locator('ds-state-panel').innerText();
  }
}
