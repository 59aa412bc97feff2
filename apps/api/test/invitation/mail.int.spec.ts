import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SmtpTestServer } from '@deskside/mail/contract';
import { ApiUnderTest } from '../support/api-under-test';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { searchFolder } from '../support/search-bytes';
import { Inviting, tokenIn } from './invited';

const password = 'Kumquat-of-the-mail-server';
const account = { user: 'deskside', password };
let server: SmtpTestServer;
let api: ApiUnderTest;
let csr: Staff;
let inviting: Inviting;

beforeAll(async () => {
  server = await SmtpTestServer.start({ account });
  api = await ApiUnderTest.start({
    settings: { DESKSIDE_SMTP_URL: server.url, DESKSIDE_MAIL_FROM: 'Example <support@example.com>' },
  });
  const administrator = await api.firstAdministrator();
  csr = await api.colleague(administrator, ['representative'], 'Mira <b>Loquat</b>');
  await api.upToDate();
});
afterAll(async () => {
  await api.close();
  await server.close();
});
beforeEach(async () => {
  server.behaviour = {};
  server.messages.length = 0;
  inviting = await Inviting.start(csr, { subject: 'The "Quince" & <printer>' });
});
afterEach(async () => {
  // What has not gone out by now is not tried again in the midst of another test.
  await csr.ask('endSession', { commandId: newId(), sessionId: inviting.session.sessionId });
  await inviting.close();
});

describe('an invitation by e-mail', () => {
  it('reaches its recipient and says who asks, why, and how to come in', async () => {
    const { invitationId, until } = await inviting.invite();
    expect((await until('InvitationSent')).payload).toMatchObject({ attempt: 1 });
    const [mail] = await server.received();
    const { link, text, subject, number } = await inviting.text(invitationId);
    expect(mail).toMatchObject({ to: 'ana@example.org', from: 'Example <support@example.com>', subject });
    expect(mail?.messageId).toBe(`<${invitationId}.1@example.com>`);
    expect(mail?.text.replace(/\s+/g, ' ')).toBe(text.replace(/\s+/g, ' '));
    expect(text).toContain('Mira <b>Loquat</b> from Deskside');
    for (const part of ['Hello Ana Medlar,', 'The "Quince" & <printer>', number, link ?? 'a link'])
      expect(text).toContain(part);
    expect(text).toContain('Did you ask for help? If somebody called you unasked, do not go on.');
    expect(number).toMatch(/^\d{3} \d{3} \d{3}$/);
    expect(link).toMatch(new RegExp(`^${api.url}/\\?invitation=[\\w-]{64}&lang=en$`));
  });

  it('shows what somebody typed as text, not as part of the page', async () => {
    await (await inviting.invite({ customerName: '<img src=x onerror=alert(1)> Ana' })).until('InvitationSent');
    const [mail] = await server.received();
    expect(mail?.html).toContain('Mira &lt;b&gt;Loquat&lt;/b&gt;');
    expect(mail?.html).toContain('&lt;img src=x onerror=alert(1)&gt; Ana');
    expect(mail?.html).toContain('The &quot;Quince&quot; &amp; &lt;printer&gt;');
    expect(mail?.html).not.toMatch(/<img|<b>|<printer>/);
  });

  it.each([
    ['sr-Latn', 'Da li ste tražili pomoć?'],
    ['sr-Cyrl', 'Да ли сте тражили помоћ?'],
    ['zh-Hant-TW', '是您主動尋求協助嗎？'],
  ])('is written in %s', async (locale, words) => {
    const { invitationId, until } = await inviting.invite({ locale });
    await until('InvitationSent');
    const [mail] = await server.received();
    expect(mail?.text).toContain(words);
    expect(mail?.html).toContain(`<html lang="${locale}">`);
    expect((await inviting.text(invitationId)).link).toContain(`&lang=${locale}`);
  });

  it('whose recipient is refused shows it with the words of the server, within ten seconds', async () => {
    server.behaviour = { refuseRecipient: [550, '5.1.1 <ana@example.org>: no such user'] };
    const begun = performance.now();
    const { invitationId, until } = await inviting.invite();
    const { payload } = await until('InvitationFailed');
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(payload).toEqual({
      ...{ invitationId, attempt: 1, reason: 'recipientRefused', retryAt: null },
      serverReply: '550 5.1.1 <ana@example.org>: no such user',
    });
    expect(server.messages).toEqual([]);
  });

  it('is sent again when asked, under another Message-ID', async () => {
    server.behaviour = { refuseRecipient: [550, 'No'] };
    const { invitationId, until } = await inviting.invite();
    await until('InvitationFailed');
    server.behaviour = {};
    expect(await inviting.change('resendInvitation', invitationId)).toBe('ok');
    expect((await until('InvitationSent')).payload).toMatchObject({ attempt: 2 });
    expect((await server.received()).map(({ messageId }) => messageId)).toEqual([`<${invitationId}.2@example.com>`]);
  });

  it.each([
    ['cuts the line in the middle of the mail', { dropInContent: true }, 'serverUnreachable'],
    ['asks to come back', { refuseRecipient: [451, '4.7.1 Greylisted'] as const }, 'recipientRefused'],
  ])('to a server that %s is tried again by itself, and arrives once', async (_, behaviour, reason) => {
    server.behaviour = behaviour;
    const { until } = await inviting.invite();
    const { payload, occurredAt } = await until('InvitationFailed');
    expect(payload).toMatchObject({ reason, attempt: 1 });
    expect(Date.parse(String(payload['retryAt'])) - Date.parse(occurredAt)).toBeGreaterThan(4000);
    server.behaviour = {};
    expect((await until('InvitationSent')).payload).toMatchObject({ attempt: 1 });
    expect(server.messages).toHaveLength(1);
  });

  it('to a server that never answers is given up for now within ten seconds, and holds no other up', async () => {
    server.behaviour = { silentAtRecipient: true };
    const begun = performance.now();
    const slow = await inviting.invite();
    expect((await slow.until('InvitationFailed')).payload).toMatchObject({ reason: 'timedOut' });
    expect(performance.now() - begun).toBeLessThan(10_000);
    server.behaviour = {};
    await (await inviting.invite({ recipient: 'bojan@example.org' })).until('InvitationSent');
  });

  it('to a server that is down goes out as soon as it is up again', async () => {
    const { port } = server;
    await server.close();
    const { invitationId, until } = await inviting.invite();
    expect((await until('InvitationFailed')).payload).toMatchObject({ reason: 'serverUnreachable', attempt: 1 });
    server = await SmtpTestServer.start({ account, port });
    await until('InvitationSent');
    expect((await server.received()).map(({ messageId }) => messageId)).toEqual([`<${invitationId}.1@example.com>`]);
  });

  it('does not go out once it is withdrawn, however often it was to be tried', async () => {
    server.behaviour = { dropInContent: true };
    const { invitationId, until } = await inviting.invite();
    await until('InvitationFailed');
    server.behaviour = {};
    expect(await inviting.change('withdrawInvitation', invitationId)).toBe('ok');
    await until('InvitationWithdrawn');
    await api.upToDate();
    const waiting = api.node.readModels.outgoingMail.due('9999', 100);
    expect(waiting.filter((row) => row.invitationId === invitationId)).toEqual([]);
    expect(await inviting.change('resendInvitation', invitationId)).toBe('INVITATION_WITHDRAWN');
    expect(server.messages).toEqual([]);
  });

  it.each([
    ['no address', { recipient: 'not an address' }, 'EMAIL_INVALID'],
    ['none at all', { recipient: null }, 'EMAIL_INVALID'],
    ['two at once', { recipient: 'ana@example.org, eva@example.org' }, 'EMAIL_INVALID'],
    ['an address with a header in it', { recipient: 'ana@example.org\r\nBcc: eva@example.org' }, 'EMAIL_INVALID'],
    ['no telephone number', { channel: 'phone', recipient: 'ring me' }, 'PHONE_INVALID'],
    ['no language of ours', { locale: 'sr' }, 'LOCALE_UNKNOWN'],
    ['a name without a letter', { customerName: '\u200b!' }, 'NAME_EMPTY'],
  ])('with %s is refused', async (_, wrong, code) => {
    await expect(inviting.invite(wrong)).rejects.toThrow(code);
    expect(server.messages).toEqual([]);
  });

  it('holds nothing of the link and of the mail server in any byte that is kept', async () => {
    const { invitationId, until } = await inviting.invite();
    await until('InvitationSent');
    const token = tokenIn((await inviting.text(invitationId)).link);
    expect(token).toHaveLength(64);
    const { found } = searchFolder(api.dataDir, { token, password });
    expect(found).toEqual([]);
  });
});

describe('the mail of the site', () => {
  it('can be tried out, and answers in the words of the mail server', async () => {
    const administrator = await api.colleague(await again(), ['administrator']);
    const test = (to: string): Promise<unknown> => administrator.do('sendTestMail', { commandId: newId(), to });
    expect(await administrator.do('mail')).toEqual({ kind: 'smtp', from: 'Example <support@example.com>' });
    expect(await test('it@example.org')).toMatchObject({ accepted: true, reason: null });
    expect(await server.received()).toMatchObject([{ to: 'it@example.org', subject: 'Test mail from Deskside' }]);
    server.behaviour = { refuseSender: [553, '5.7.1 Not your address'] };
    expect(await test('it@example.org')).toEqual({
      ...{ accepted: false, reason: 'senderRefused', serverReply: '553 5.7.1 Not your address' },
    });
    const events = (await api.events()).filter(({ type }) => type === 'TestMailSent');
    expect(events.map(({ payload }) => payload)).toEqual([{ accepted: true }, { accepted: false }]);
  });

  async function again(): Promise<Staff> {
    const first = api.server.firstAdministrator;
    return api.staff().signIn(first?.email ?? '', first?.password ?? '');
  }
});
