import { beforeAll, describe, expect } from '@jest/globals';
import { Administrator } from '../people/administrator';
import { Auditor } from '../people/auditor';
import { Customer } from '../people/customer';
import { Representative } from '../people/representative';
import type { Staff } from '../people/staff';
import { Supervisor } from '../people/supervisor';
import { accessibilityProblems } from '../support/accessibility';
import { openBrowser } from '../support/browser';
import type { Person } from '../support/browser';
import type { Deskside } from '../support/deskside';
import { ageOfPicture } from '../support/desktop';
import { mediaServerOf, soundHeard, watchConnections } from '../support/media';
import { story, whileGone } from '../support/story';
import { until } from '../support/until';
import { words } from '../support/words';

const password = 'four unrelated words stay';

/**
 * The main job from the invitation to the report, with three browsers, a desktop and a real media server.
 * @param start begins the site that the story plays on
 */
export function wholeSession(title: string, start: () => Promise<Deskside>): void {
  describe(title, () => tell(start));
}

function tell(start: () => Promise<Deskside>): void {
  const step = story();
  let deskside: Deskside;
  let browsers: Record<'csr' | 'customer' | 'office', Person>;
  let csr: Representative;
  let customer: Customer;
  let office: Administrator;
  let invitation: string;
  let veraLink: string;
  let number: string;
  let supervisor: Supervisor;

  beforeAll(async () => {
    deskside = await start();
    const [one, two, three] = await Promise.all([
      openBrowser('csr', { microphone: true, viewport: { width: 1440, height: 900 } }),
      openBrowser('customer', { microphone: true, desktop: true }),
      openBrowser('office'),
    ]);
    browsers = { csr: one, customer: two, office: three };
    await Promise.all([one, two].map(({ context }) => watchConnections(context)));
    await two.desktop.showTimeCode();
    csr = new Representative(one.page, deskside);
    customer = new Customer(two.page, deskside);
    office = new Administrator(three.page, deskside);
  }, 300_000);

  /** The picture that the representative sees is the customer's desktop, and not older than this. */
  async function seesDesktop(most: number): Promise<number> {
    return until('the customer’s desktop at the representative', async () => {
      const age = await ageOfPicture(csr.page);
      return age !== null && age < most && age;
    });
  }

  async function hears(page: Staff['page']): Promise<void> {
    const before = await soundHeard(page);
    await until('sound', async () => (await soundHeard(page)) > before + 1e-4);
  }

  step('the people of the site get their accounts', async () => {
    const { email, password: generated } = deskside.firstAdministrator;
    await office.signIn(email, generated);
    const csrLink = await office.invite('Đorđe Jović', 'djordje@northwind.example', ['representative']);
    veraLink = await office.invite('Vera Lukić', 'vera@northwind.example', ['supervisor', 'auditor']);
    await csr.setPasswordBy(csrLink, password);
  });

  step(
    'step 2: invited by e-mail in Serbian, which the mailbox of the site catches; withdrawn, the link is refused',
    async () => {
      await csr.open('console');
      number = await csr.startSession({ subject: 'The printer is offline', ticket: 'INC-4711' });
      await csr.inviteByEmail({ to: 'ana@example.com', name: 'Ana Petrović', language: 'Serbian (Latin)' });
      const mail = await office.caughtMail('ana@example.com');
      expect(mail).toContain('Đorđe Jović');
      expect(mail).toMatch(/sesij/);
      const link = /https?:\/\/\S+invitation=\S+/.exec(mail)?.[0] ?? '';
      expect(link).toContain(deskside.customerUrl);
      await csr.withdrawInvitation();
      browsers.customer.consoleErrors.expect(/status of 4/);
      await customer.page.goto(link);
      await customer.page.getByRole('alert').first().waitFor();
      expect(await customer.page.locator('html').getAttribute('lang')).toMatch(/^sr/);
      expect(customer.page.url()).not.toContain('invitation=');
    },
  );

  step('step 2: invited by telephone with a script to read out, and by a message with a link', async () => {
    expect(await csr.inviteByPhone('+381 11 222 3333')).toMatch(/\d{3}\s\d{3}\s\d{3}/);
    invitation = await csr.inviteByMessage('Ana Petrović');
    expect(invitation).toContain('invitation=');
  });

  step('step 3: the page says who asks and why and warns of unasked calls; one press joins', async () => {
    await customer.openLink(invitation);
    await customer.page.getByText(words('Đorđe Jović from')).waitFor();
    await customer.page.getByText(words('It is about: The printer is offline')).waitFor();
    await customer.page.getByText('Did you ask for help?').waitFor();
    await customer.page.getByRole('button', { name: 'Report' }).waitFor();
    expect(await accessibilityProblems(customer.page)).toEqual([]);
    await customer.page.getByRole('button', { name: 'Join the session' }).click();
    await customer.page.getByRole('heading', { name: words('Đorđe Jović is helping you') }).waitFor();
    await csr.page
      .getByRole('heading', { name: /Ana Petrović/ })
      .first()
      .waitFor();
  });

  step('step 5: both hear each other, and a muted microphone is silent at the far end', async () => {
    await customer.hearAndTalk();
    await csr.joinAudio();
    await Promise.all([hears(csr.page), hears(customer.page)]);
    await customer.mute();
    await until('silence', async () => {
      const before = await soundHeard(csr.page);
      // The microphone beeps once a second.
      await csr.page.evaluate(() => new Promise((later) => setTimeout(later, 1500)));
      return (await soundHeard(csr.page)) - before < 1e-6;
    });
    await customer.unmute();
    await hears(csr.page);
  });

  step('step 4: a question can be withdrawn and refused, and asked again', async () => {
    await csr.requestView();
    await customer.screenQuestion().waitFor();
    await csr.withdrawRequest();
    await customer.page.getByText(words('Đorđe Jović no longer asks to see your screen')).waitFor();
    await csr.requestView();
    expect(await accessibilityProblems(customer.page)).toEqual([]);
    await customer.notNow();
    await csr.page
      .getByText(/refused at/)
      .first()
      .waitFor();
  });

  step('step 4: approved and chosen, the representative sees the desktop within two seconds', async () => {
    await csr.requestView();
    await customer.moreTime();
    await customer.pressChoose();
    const chosen = performance.now();
    const age = await seesDesktop(1500);
    process.stdout.write(`first picture after ${Math.round(performance.now() - chosen)} ms, ${age} ms old\n`);
    await customer.shareBar().waitFor();
    await csr.page.getByText(words('You see: the customer’s screen')).first().waitFor();
    expect(await csr.seesWholePicture()).toBe(true);
    expect(await accessibilityProblems(csr.page)).toEqual([]);
    expect(await accessibilityProblems(customer.page)).toEqual([]);
  });

  step(
    'step 4: Stop stops in the page at once, and the screen says so after the media server was read back',
    async () => {
      await customer.stop();
      await customer.stopIsConfirmed();
      await until('no picture', async () => (await ageOfPicture(csr.page)) === null);
      await csr.page
        .getByText(/stopped sharing at/)
        .first()
        .waitFor();
    },
  );

  step('step 4: a closed tab ends its share, which is offered again on return', async () => {
    await csr.requestView();
    await customer.chooseScreen();
    await seesDesktop(1500);
    await customer.page.reload();
    await csr.page
      .getByText(/page was closed/)
      .first()
      .waitFor();
    await customer.shareAgain();
    await seesDesktop(1500);
    await customer.hearAndTalk();
    await hears(csr.page);
  });

  step('step 6: a note is saved to the report, its next version too; a draft is not', async () => {
    await csr.saveNote('The spooler hangs. Restarted it.');
    await csr.changeNote('The spooler hangs. Restarted it; printing works.');
    await csr.writeNote('Only a draft');
    await csr.page.getByText('not in any report').filter({ visible: true }).first().waitFor();
  });

  step('step 9: without the media server the chat goes on, and the picture comes back by itself', async () => {
    for (const person of Object.values(browsers)) person.consoleErrors.expect(...whileGone);
    process.kill(mediaServerOf(deskside), 'SIGKILL');
    const killed = performance.now();
    await customer.write('Are you still there?');
    await csr.lines().getByText('Are you still there?').waitFor();
    // Younger than the kill: not the last picture that came before it.
    const isNew = (age: number | null): boolean => age !== null && age < performance.now() - killed - 500;
    await until('the picture again', async () => isNew(await ageOfPicture(csr.page)), 60_000);
    process.stdout.write(`picture back ${Math.round(performance.now() - killed)} ms after the kill\n`);
    await hears(csr.page);
  });

  step(
    'step 9: without the API the picture goes on; Stop works in the page at once, and at the server on return',
    async () => {
      await deskside.kill9();
      await seesDesktop(2000);
      await customer.stop();
      await until('an old picture', async () => ((await ageOfPicture(csr.page)) ?? 1e9) > 3000);
      await deskside.start();
      await customer.stopIsConfirmed();
      await until('no picture', async () => (await ageOfPicture(csr.page)) === null);
    },
  );

  step('step 7: the supervisor sees who helps whom now', async () => {
    await office.setPasswordBy(veraLink, password);
    supervisor = new Supervisor(office.page, deskside);
    await supervisor.openSessionsNow();
    const row = supervisor.row(number);
    await row.getByText('Đorđe Jović').first().waitFor();
    await row.getByText('Ana Petrović').first().waitFor();
    expect(await accessibilityProblems(supervisor.page)).toEqual([]);
  });

  step('step 6: the session ends; the customer reads what was done, and notes are open for a while', async () => {
    await csr.endSession();
    await customer.page.getByText('The session has ended').first().waitFor();
    await customer.page.getByText(/Your screen was seen by/).waitFor();
    await customer.page.getByText(/You talked/).waitFor();
    await csr.page
      .getByText(/Notes can be written for/)
      .first()
      .waitFor();
  });

  step('step 7: the report has the session, the consents and the note, and goes out as CSV', async () => {
    await supervisor.searchSessions('petrovic');
    await supervisor.row(number).waitFor();
    await supervisor.openReport('today');
    await supervisor.page
      .getByText(/printing works/)
      .first()
      .waitFor();
    expect(await supervisor.page.getByText('Only a draft').count()).toBe(0);
    expect(await accessibilityProblems(supervisor.page)).toEqual([]);
    const { text } = await supervisor.exportCsv();
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text).toContain('Đorđe Jović');
    expect(text).toContain('printing works');
  });

  step('step 8: the auditor plays the session on a clock and sees the state at any event', async () => {
    const auditor = new Auditor(office.page, deskside);
    await auditor.openHistory(number);
    await auditor.playAll();
    expect(await auditor.stateAt(/pressed Stop/)).toContain('Ana Petrović');
    expect(await accessibilityProblems(auditor.page)).toEqual([]);
  });
}
