import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';
import { operation, staffOperations } from '../support/operations';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { Inviting, tokenIn } from './invited';

interface Mails {
  readonly mails: readonly { readonly to: string; readonly subject: string; readonly text: string }[];
}

let api: ApiUnderTest;
let administrator: Staff;
let csr: Staff;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  administrator = await api.firstAdministrator();
  csr = await api.colleague(administrator, ['representative'], 'Mira Loquat');
  await api.upToDate();
});
afterAll(() => api.close());

const mailbox = async (): Promise<Mails['mails']> => (await administrator.do<Mails>('developmentMailbox')).mails;

describe('while no mail server is set', () => {
  it('a mailbox of the site catches the invitation, tells who watches, and its link lets in', async () => {
    const socket = await administrator.socket();
    const caught = socket.subscribe<boolean>(operation(staffOperations, 'developmentMailCaught').text);
    await caught.value();
    const inviting = await Inviting.start(csr);
    const { invitationId, until } = await inviting.invite();
    await until('InvitationSent');
    expect(await caught.value()).toBe(true);
    const [mail] = await mailbox();
    expect(mail).toMatchObject({ to: 'ana@example.org' });
    const link = /https?:\/\/\S+invitation=\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    expect(link).toBe((await inviting.text(invitationId)).link);
    await api.customer().do('joinByInvitation', { commandId: newId(), link: tokenIn(link), name: '' });
    expect(await administrator.do('mail')).toEqual({ kind: 'development', from: 'Deskside <deskside@localhost>' });
    expect((await api.events()).filter(({ type }) => type === 'DevelopmentMailboxRead')).toHaveLength(1);
    await socket.close();
    await inviting.close();
  });

  it('what it caught for a person goes with the person’s data', async () => {
    const inviting = await Inviting.start(csr);
    const { invitationId, until } = await inviting.invite({ recipient: 'quince@example.org' });
    await until('InvitationSent');
    const customer = api.customer();
    const link = tokenIn((await inviting.text(invitationId)).link);
    const { participantId } = await customer.do<{ participantId: string }>('joinByInvitation', {
      ...{ commandId: newId(), link, name: '' },
    });
    const { sessionId } = inviting.session;
    await csr.do('endSession', { commandId: newId(), sessionId });
    await api.upToDate();
    expect((await mailbox()).some(({ to }) => to === 'quince@example.org')).toBe(true);
    const customerId = (await api.node.sessions.find(sessionId))?.participants[participantId]?.personId;
    await administrator.do('erasePersonalData', { commandId: newId(), customerId });
    expect((await mailbox()).map(({ to }) => to)).toEqual(['ana@example.org']);
    await inviting.close();
  });
});

describe('what is said on the telephone, and sent as an instant message', () => {
  it('is in the language of the invitation, with the number in threes', async () => {
    const inviting = await Inviting.start(csr, { subject: 'Štampač' });
    const phone = await inviting.invite({ channel: 'phone', recipient: '+381 64 123-4567', locale: 'sr-Latn' });
    const spoken = await inviting.text(phone.invitationId);
    expect(spoken.link).toBeNull();
    expect(spoken.text).toContain('Mira Loquat iz kompanije Deskside želi da vam pomogne u sesiji podrške.');
    expect(spoken.text).toContain(`upišite ovu adresu: ${new URL(api.url).host}`);
    expect(spoken.text).toContain(`broj: ${inviting.session.number.replace(/(\d{3})(?=\d)/g, '$1 ')}`);
    expect((await phone.until('CustomerInvited')).payload).toMatchObject({ recipient: '+381641234567' });
    const message = await inviting.invite({ channel: 'instantMessage', recipient: null, locale: 'zh-Hant-TW' });
    const written = await inviting.text(message.invitationId);
    expect(written.text).toContain('事由：Štampač');
    expect(written.text).toContain(written.link ?? 'a link');
    await inviting.close();
  });
});

describe('an alert', () => {
  it('comes with a report and goes when somebody has looked', async () => {
    const inviting = await Inviting.start(csr, { subject: 'Unasked' });
    const socket = await administrator.socket();
    interface Alerts {
      readonly alerts: readonly { readonly summary: { readonly id: string }; readonly reportedAt: string }[];
    }
    const alerts = socket.subscribe<Alerts>(operation(staffOperations, 'alerts').text);
    const { sessionId, number } = inviting.session;
    const has = (list: Alerts): boolean => list.alerts.some(({ summary }) => summary.id === sessionId);
    expect(has(await alerts.value())).toBe(false);
    await api.customer().do('reportSession', { commandId: newId(), number });
    expect((await alerts.until(has)).alerts[0]?.reportedAt).toMatch(/^2\d{3}-/);
    await administrator.do('reviewSessionReport', { commandId: newId(), sessionId });
    await alerts.until((list) => !has(list));
    await socket.close();
    await inviting.close();
  });
});
