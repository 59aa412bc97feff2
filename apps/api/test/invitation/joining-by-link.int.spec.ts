import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';
import { newId } from '../support/people';
import type { Admission, Customer, Staff } from '../support/people';
import { Inviting, tokenIn } from './invited';

let api: ApiUnderTest;
let csr: Staff;
let inviting: Inviting;
let customer: Customer;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  csr = await api.colleague(await api.firstAdministrator(), ['representative'], 'Mira Loquat');
  await api.upToDate();
});
afterAll(() => api.close());
beforeEach(async () => {
  inviting = await Inviting.start(csr, { subject: 'The printer' });
  customer = api.customer();
});
afterEach(() => inviting.close());

async function invited(more: object = {}): Promise<{ invitationId: string; link: string }> {
  const { invitationId } = await inviting.invite({ channel: 'instantMessage', ...more });
  return { invitationId, link: tokenIn((await inviting.text(invitationId)).link) };
}

async function join(link: string, name = '', who = customer): Promise<string> {
  const answer = await who.ask('joinByInvitation', { commandId: newId(), link, name });
  if (answer.code === 'ok') Object.assign(who, answer.value as Admission);
  return answer.code;
}

async function nameOf({ participantId }: Customer): Promise<unknown> {
  const events = await api.events();
  const of = events.find(
    ({ type, payload }) => type === 'ParticipantJoined' && payload['participantId'] === participantId,
  );
  const name = of?.payload['name'] as never;
  return api.node.vault.open(name, { eventId: of?.id ?? '', path: 'name' });
}

describe('a link', () => {
  it('lets in by one press, as whom it was made out to', async () => {
    const { invitationId, link } = await invited();
    expect(await join(link)).toBe('ok');
    expect(customer.sessionId).toBe(inviting.session.sessionId);
    expect(customer.cookie).toContain('deskside_return=');
    expect(await nameOf(customer)).toBe('Ana Medlar');
    const session = await api.node.sessions.find(customer.sessionId);
    expect(session?.invitations[invitationId]?.status).toBe('used');
    expect(session?.participants[customer.participantId]?.role).toBe('primaryCustomer');
    await customer.say('Here I am');
  });

  it.each([
    ['the name that was typed', { locale: 'en' }, '  Eva  ', 'Eva'],
    ['the word for customer, in Serbian', { customerName: null, locale: 'sr-Latn' }, '', 'Klijent'],
    ['the word for customer, in Chinese', { customerName: null, locale: 'zh-Hant-TW' }, ' ', '客戶'],
  ])('lets in under %s', async (_, more, typed, name) => {
    expect(await join((await invited(more)).link, typed)).toBe('ok');
    expect(await nameOf(customer)).toBe(name);
  });

  it('shows before who asks and why, and uses nothing up by that', async () => {
    const { link } = await invited({ locale: 'zh-Hant-TW' });
    const preview = {
      representativeName: { text: 'Mira Loquat', lost: null },
      subject: { text: 'The printer', lost: null },
      ...{ customerName: 'Ana Medlar', locale: 'zh-Hant-TW', asks: false },
    };
    for (let look = 0; look < 2; look++) expect(await customer.do('sessionPreview', { link })).toMatchObject(preview);
    const { number } = inviting.session;
    expect(await customer.do('sessionPreview', { number })).toMatchObject({
      ...preview,
      customerName: null,
      locale: null,
    });
    expect(await join(link)).toBe('ok');
    expect(await customer.do('sessionPreview', { number })).toMatchObject({ asks: true });
  });

  it('that was used lets nobody else in, and leads this browser back', async () => {
    const { link } = await invited();
    await join(link);
    const { participantId } = customer;
    expect(await join(link, '', api.customer())).toBe('INVITATION_USED');
    expect((await api.customer().ask('sessionPreview', { link })).code).toBe('INVITATION_USED');
    Object.assign(customer, { bearer: '', participantId: '' });
    expect(await join(link)).toBe('ok');
    expect(customer.participantId).toBe(participantId);
    await customer.say('Back again');
  });

  it('leads nobody back into another session than its own', async () => {
    const { link } = await invited();
    await join(link, '', api.customer());
    const other = await Inviting.start(csr);
    await customer.join(other.session.number, 'Eva');
    expect(await join(link)).toBe('INVITATION_USED');
    await other.close();
  });

  it('that was sent twice is one way in', async () => {
    const { link } = await invited();
    const commandId = newId();
    const ask = (): Promise<Admission> => customer.do<Admission>('joinByInvitation', { commandId, link, name: 'Ana' });
    const [first, second] = [await ask(), await ask()];
    expect(second.participantId).toBe(first.participantId);
  });

  it('of a session in which somebody is already asks to be let in', async () => {
    await api.customer().join(inviting.session.number, 'Bojan');
    const { link } = await invited();
    expect(await customer.do('sessionPreview', { link })).toMatchObject({ asks: true });
    expect(await join(link)).toBe('ok');
    const session = await api.node.sessions.find(inviting.session.sessionId);
    expect(session?.waiting[customer.participantId]?.answer).toBe('waiting');
  });

  it('that was withdrawn, or whose session has ended, says so', async () => {
    const [withdrawn, over] = [await invited(), await invited()];
    expect(await inviting.change('withdrawInvitation', withdrawn.invitationId)).toBe('ok');
    expect(await join(withdrawn.link)).toBe('INVITATION_WITHDRAWN');
    expect((await customer.ask('sessionPreview', { link: withdrawn.link })).code).toBe('INVITATION_WITHDRAWN');
    await csr.do('endSession', { commandId: newId(), sessionId: inviting.session.sessionId });
    for (const { link } of [over, withdrawn]) {
      expect(await join(link)).toBe('SESSION_ENDED');
      expect((await customer.ask('sessionPreview', { link })).code).toBe('SESSION_ENDED');
    }
  });

  it('that this site did not make is not valid, whatever is wrong with it', async () => {
    const { link } = await invited();
    const other = (await invited()).link;
    const flipped = Buffer.from(link, 'base64url');
    flipped.writeUInt8(flipped.readUInt8(47) ^ 1, 47);
    const forged = [
      flipped.toString('base64url'),
      link.slice(0, -1),
      link.slice(0, 43),
      `${link}A`,
      `${link}=`,
      link.slice(0, 43) + other.slice(43),
      'A'.repeat(64),
      '',
      '"><script>',
    ];
    for (const wrong of forged) {
      // Each from a place of its own: the throttle is another matter.
      const somebody = api.customer();
      expect([wrong, await join(wrong, 'Eva', somebody)]).toEqual([wrong, 'INVITATION_NOT_VALID']);
      expect((await somebody.ask('sessionPreview', { link: wrong })).code).toBe('INVITATION_NOT_VALID');
    }
    expect(await join(link)).toBe('ok');
    await api.node.journal.flushCounted();
    const counted = (await api.events()).filter(({ payload }) => payload['kind'] === 'invitationLink');
    expect(counted.reduce((sum, { payload }) => sum + Number(payload['count']), 0)).toBe(2 * forged.length);
  });

  it.each([
    ['both a number and a link', { number: '482913057', link: 'A' }],
    ['neither', {}],
  ])('is asked about with one key, not with %s', async (_, keys) => {
    expect((await customer.ask('sessionPreview', keys)).code).toBe('INPUT_INVALID');
  });
});

describe('a number that is unknown, lapsed or over', () => {
  it('answers the preview in the same bytes', async () => {
    const { number, sessionId } = inviting.session;
    const unknown = (await api.customer().ask('sessionPreview', { number: '100000001' })).text;
    await csr.do('endSession', { commandId: newId(), sessionId });
    expect((await api.customer().ask('sessionPreview', { number })).text).toBe(unknown);
    expect((await api.customer().ask('sessionPreview', { number: 'no number' })).text).toBe(unknown);
    expect(unknown).toContain('SESSION_NUMBER_UNKNOWN');
  });

  it('is looked up no faster by the preview than by joining: both count as tries', async () => {
    for (let tries = 0; tries < 3; tries++) await customer.ask('sessionPreview', { number: '100000001' });
    const begun = performance.now();
    await customer.ask('joinByNumber', { commandId: newId(), number: '100000001', name: 'Eva' });
    expect(performance.now() - begun).toBeGreaterThan(900);
  });
});

it.each(['constructor', '__proto__', newId()])('there is no text of the invitation %s', async (invitationId) => {
  const { sessionId } = inviting.session;
  expect((await csr.ask('invitationText', { sessionId, invitationId })).code).toBe('INVITATION_NOT_FOUND');
  const change = { commandId: newId(), sessionId, invitationId };
  expect((await csr.ask('withdrawInvitation', change)).code).toBe('INVITATION_NOT_FOUND');
  expect((await csr.ask('resendInvitation', { ...change, commandId: newId() })).code).toBe('INVITATION_NOT_FOUND');
});

describe('a report', () => {
  const report = async (who: Customer, keys: object, commandId = newId()): Promise<unknown> => {
    const { code, value } = await who.ask('reportSession', { commandId, ...keys });
    return code === 'ok' ? value : code;
  };
  const state = async (): Promise<string | undefined> =>
    (await api.node.sessions.find(inviting.session.sessionId))?.status;

  it('by whoever is in the session ends it, also when it is sent twice', async () => {
    await customer.join(inviting.session.number, 'Ana');
    const commandId = newId();
    expect(await report(customer, {}, commandId)).toMatchObject({ ended: true });
    expect(await report(customer, {}, commandId)).toMatchObject({ ended: true });
    expect(await report(customer, {})).toBe('SESSION_ENDED');
    const session = await api.node.sessions.find(inviting.session.sessionId);
    expect(session).toMatchObject({ status: 'ended', endReason: 'reported' });
  });

  it('by its link ends it, before anybody came in', async () => {
    const { link } = await invited();
    const commandId = newId();
    expect(await report(customer, { link }, commandId)).toMatchObject({ ended: true });
    expect(await report(customer, { link }, commandId)).toMatchObject({ ended: true });
    expect(await state()).toBe('ended');
  });

  it('by a link that was withdrawn is told, and the session of another customer goes on', async () => {
    const { link, invitationId } = await invited();
    await csr.do('withdrawInvitation', { commandId: newId(), sessionId: inviting.session.sessionId, invitationId });
    await customer.join(inviting.session.number, 'Ana');
    expect(await report(api.customer(), { link })).toMatchObject({ ended: false });
    expect(await state()).toBe('open');
    expect(await api.node.sessions.find(inviting.session.sessionId)).toMatchObject({ reportedAt: expect.any(String) });
  });

  it('by its number ends it as long as nobody has come in; afterwards it is told, and the session goes on', async () => {
    const { number } = inviting.session;
    await customer.join(number, 'Ana');
    expect(await report(api.customer(), { number })).toMatchObject({ ended: false });
    expect(await state()).toBe('open');
    const second = await Inviting.start(csr);
    const commandId = newId();
    const again = (): Promise<unknown> => report(api.customer(), { number: second.session.number }, commandId);
    expect([await again(), await again()]).toMatchObject([{ ended: true }, { ended: true }]);
    expect(await report(api.customer(), { number: second.session.number })).toBe('SESSION_NUMBER_UNKNOWN');
    await second.close();
  });

  it.each([
    ['an unknown number', { number: '100000001' }, 'SESSION_NUMBER_UNKNOWN'],
    ['a forged link', { link: 'A'.repeat(64) }, 'INVITATION_NOT_VALID'],
    ['both', { number: '100000001', link: 'A' }, 'INPUT_INVALID'],
    ['nothing, from outside', {}, 'NOT_SIGNED_IN'],
  ])('with %s is refused', async (_, keys, code) => {
    expect(await report(customer, keys)).toBe(code);
  });
});
