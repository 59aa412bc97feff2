import type { Locator } from 'playwright-core';
import { spaced } from '../support/words';
import { Staff } from './staff';

/** What a supervisor does: sees who helps whom, looks sessions up, reads the report, reviews what customers reported. */
export class Supervisor extends Staff {
  async openSessionsNow(): Promise<void> {
    await this.open('supervision');
    await this.page.getByRole('heading', { name: 'Sessions now' }).waitFor();
  }

  /** The row of a session in "Sessions now" or in the list of sessions. */
  row(number: string): Locator {
    return this.page.getByRole('row').filter({ hasText: spaced(number) });
  }

  /** Presses a session's row and waits for its facts. */
  async openRow(number: string): Promise<void> {
    await this.row(number).getByRole('link').first().click();
    await this.page.getByRole('heading', { name: spaced(number) }).waitFor();
  }

  /** Looks in the list of sessions for a number or part of a name. */
  async searchSessions(text: string): Promise<void> {
    await this.open('sessions');
    await this.page.getByLabel('Number or part of a name').fill(text);
    await this.page.getByRole('button', { name: 'Search', exact: true }).click();
  }

  /** Opens the CSR activity report over today. */
  async openReport(range: 'today' | 'last7Days' | 'last30Days' = 'today'): Promise<void> {
    await this.open(`reports/csr-activity?range=${range}`);
    await this.page.getByRole('heading', { name: 'CSR activity report' }).waitFor();
    await this.page.getByText(/Stands for position|Nothing happened in these days/).waitFor();
  }

  /** Opens the sessions behind a figure, by its heading and by whose it is, e.g. `figure('Sessions', 'Marko Jović')`. */
  figure(heading: string, whose: string): Locator {
    const name = new RegExp(`${heading}: .*${whose}`);
    return this.page.getByRole('table').first().getByRole('button', { name });
  }

  /** The CSV file of the report that is open, as text. */
  async exportCsv(): Promise<{ readonly name: string; readonly text: string }> {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
  }

  /** The line above every page while a customer's report waits. */
  alertBanner(): Locator {
    return this.page.locator('ds-alert-banner').getByText(/reported/);
  }

  async reviewReport(number: string): Promise<void> {
    await this.open('alerts');
    await this.page.getByRole('button', { name: spaced(number) }).click();
    await this.page.getByText('Marked as reviewed.', { exact: false }).first().waitFor();
  }
}
