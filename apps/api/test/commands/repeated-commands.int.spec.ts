import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';
import { customerOperations, operation, staffOperations } from '../support/operations';
import { newId } from '../support/people';
import type { Customer, Staff } from '../support/people';
import { Scenery, staffVariables } from '../support/scene';

/** Rows of `staffVariables` that are mutations with a command id. */
const rows = Object.keys(staffVariables).filter((row) => {
  const { kind, text } = operation(staffOperations, row.split(' ')[0] ?? '');
  return kind === 'mutation' && text.includes('$commandId');
});
const customerMutations = [...customerOperations.values()].filter(({ text }) => text.includes('$commandId'));

/** After these the sign-in that asked is no more: a repetition comes from nobody. */
const endsItsCaller = ['signOutEverywhere of oneself'];
/** Only the hash of a link's secret is kept, so a repetition gets a new secret, and the lost one is void. */
const hasSecret = ['inviteAccount', 'issueAccountLink'];

let api: ApiUnderTest;
let administrator: Staff;
let scenery: Scenery;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  administrator = await api.colleague(await api.firstAdministrator(), ['administrator', 'auditor']);
  scenery = new Scenery(api, administrator);
  await api.upToDate();
});
afterAll(() => api.close());

/** What people have written; the server's own deadlines go on meanwhile, and a new password signs in anew. */
async function written(): Promise<readonly string[]> {
  const events = await api.events();
  return events.filter(({ actor, type }) => actor.kind !== 'system' && type !== 'SignedIn').map(({ id }) => id);
}

describe(`a command of staff that is sent again: ${rows.length} mutations`, () => {
  it('are all mutations of the schema that take a command id', () => {
    const withId = [...staffOperations.values()].filter(({ text }) => text.includes('$commandId'));
    expect([...new Set(rows.map((row) => row.split(' ')[0]))].sort()).toEqual(withId.map(({ name }) => name).sort());
  });

  it.each(rows)('%s changes nothing and answers the same', async (row) => {
    const variables = (await staffVariables[row]?.(scenery.for(administrator))) ?? {};
    const name = row.split(' ')[0] ?? '';
    const first = await administrator.ask(name, variables);
    expect(first.code).toBe('ok');
    const before = await written();
    const again = await administrator.ask(name, variables);
    expect(await written()).toEqual(before);
    if (endsItsCaller.includes(row)) {
      expect(again.code).toBe('NOT_SIGNED_IN');
      administrator.cookie = (await api.colleague(await recovered(), ['administrator', 'auditor'])).cookie;
    } else if (hasSecret.includes(row)) {
      expect({ ...(again.value as object), url: '' }).toEqual({ ...(first.value as object), url: '' });
    } else expect(again.value).toEqual(first.value);
  });

  it('a repeated link is the only one that opens', async () => {
    const variables = (await staffVariables['inviteAccount']?.(scenery.for(administrator))) ?? {};
    const secretOf = async (): Promise<string> =>
      (await administrator.do<{ url: string }>('inviteAccount', variables)).url.split('#')[1] ?? '';
    const [lost, kept] = [await secretOf(), await secretOf()];
    expect((await api.staff().ask('accountLink', { secret: lost })).code).toBe('LINK_NOT_VALID');
    expect((await api.staff().ask('accountLink', { secret: kept })).code).toBe('ok');
  });

  it('an invitation that was accepted meanwhile gives out no further link', async () => {
    const variables = (await staffVariables['inviteAccount']?.(scenery.for(administrator))) ?? {};
    const { url } = await administrator.do<{ url: string }>('inviteAccount', variables);
    const password = 'a phrase that nobody guesses';
    await api.staff().do('setPassword', { secret: url.split('#')[1], password });
    expect((await administrator.ask('inviteAccount', variables)).code).toBe('LINK_NOT_VALID');
  });
});

async function recovered(): Promise<Staff> {
  const { recoverAdministrator } = await import('../../src/node/first-start');
  const { email, password } = await recoverAdministrator(api.node);
  return api.staff().signIn(email, password);
}

describe('a command id that served for something else', () => {
  it('is COMMAND_ID_REUSED, for staff and customer alike, and changes nothing', async () => {
    const { sessionId, customer, waiting } = await scenery.newSession(administrator);
    const commandId = newId();
    await administrator.do('sendChatMessage', { commandId, sessionId, to: 'all', text: 'Hello' });
    const own = newId();
    await customer.do('sendChatMessage', { commandId: own, to: 'all', text: 'Hello' });
    const before = await written();
    const answers = [
      await administrator.ask('endSession', { commandId, sessionId }),
      await administrator.ask('admitToSession', { commandId, sessionId, participantId: waiting.participantId }),
      await administrator.ask('takeBackChatMessage', { commandId, sessionId, messageId: commandId }),
      await customer.ask('takeBackChatMessage', { commandId: own, messageId: own }),
      await customer.ask('leaveSession', { commandId: own }),
      // A message's id is its command's: the other side's cannot be taken for a line of one's own.
      await customer.ask('sendChatMessage', { commandId, to: 'all', text: 'Mine' }),
    ];
    expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 'COMMAND_ID_REUSED'));
    expect(await written()).toEqual(before);
  });
});

/** What the mutations of screen, talk and device must be given so that they are looked at. */
const ofOtherMutations = {
  ...{ requestId: newId(), grantId: newId(), endedGrantId: newId() },
  ...{ muted: true, surface: 'monitor' },
  device: { browser: 'Firefox', system: 'Linux', form: 'desktop', canShareScreen: true, microphones: 1, cameras: 0 },
};

describe(`a command id that is none: ${rows.length + customerMutations.length} mutations`, () => {
  it.each(rows)('%s by staff is COMMAND_ID_INVALID and writes nothing', async (row) => {
    const variables = (await staffVariables[row]?.(scenery.for(administrator))) ?? {};
    const before = await written();
    const { code } = await administrator.ask(row.split(' ')[0] ?? '', { ...variables, commandId: 'once' });
    expect(code).toBe('COMMAND_ID_INVALID');
    expect(await written()).toEqual(before);
  });

  it.each(customerMutations.map(({ name }) => name))(
    '%s by a customer is COMMAND_ID_INVALID and writes nothing',
    async (name) => {
      const { customer, waiting } = await scenery.newSession(administrator);
      const { number } = await administrator.startSession();
      const messageId = await customer.say('Hello');
      const person: Customer = name === 'withdrawJoinRequest' ? waiting : customer;
      const before = await written();
      const variables = {
        commandId: newId().toUpperCase(),
        number,
        name: 'Vesna',
        to: 'all',
        text: 'Hello',
        messageId,
        ...(name === 'joinByInvitation' ? { link: 'A'.repeat(64) } : {}),
        ...ofOtherMutations,
        reason: name === 'endPermission' ? 'captureEnded' : 'failed',
      };
      expect((await person.ask(name, variables)).code).toBe('COMMAND_ID_INVALID');
      expect(await written()).toEqual(before);
    },
  );
});

describe('a customer\u2019s command that is sent again', () => {
  it('joins once: the same place, and the same key', async () => {
    const { number } = await administrator.startSession();
    const commandId = newId();
    const [first, again] = [
      await api.customer().join(number, 'Ana', commandId),
      await api.customer().join(number, 'Ana', commandId),
    ];
    expect(again.participantId).toBe(first.participantId);
    expect(again.bearer).toBe(first.bearer);
    expect(Object.keys((await api.node.sessions.find(first.sessionId))?.participants ?? {})).toHaveLength(2);
  });

  it('gets no key any more once he was removed', async () => {
    const { number, sessionId } = await administrator.startSession();
    const commandId = newId();
    const { participantId } = await api.customer().join(number, 'Ana', commandId);
    await administrator.do('removeParticipant', { commandId: newId(), sessionId, participantId });
    const again = await api.customer().ask('joinByNumber', { commandId, number, name: 'Ana' });
    expect(again.code).toBe('NOT_A_PARTICIPANT');
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  it('asks once at the door, and a "no" stays one', async () => {
    const { number, sessionId } = await administrator.startSession();
    await api.customer().join(number, 'Ana');
    const commandId = newId();
    const { participantId } = await api.customer().join(number, 'Bojan', commandId);
    await api.customer().join(number, 'Bojan', commandId);
    expect(Object.keys((await api.node.sessions.find(sessionId))?.waiting ?? {})).toEqual([participantId]);
    await administrator.do('refuseAdmission', { commandId: newId(), sessionId, participantId });
    const again = await api.customer().ask('joinByNumber', { commandId, number, name: 'Bojan' });
    expect(again.code).toBe('JOIN_REFUSED');
  });

  it('writes and takes back once', async () => {
    const { customer } = await scenery.newSession(administrator);
    const line = { commandId: newId(), to: 'all', text: 'Hello' };
    const back = { commandId: newId(), messageId: line.commandId };
    const [said, saidAgain] = [await customer.do('sendChatMessage', line), await customer.do('sendChatMessage', line)];
    expect(saidAgain).toEqual(said);
    const [taken, takenAgain] = [
      await customer.do('takeBackChatMessage', back),
      await customer.do('takeBackChatMessage', back),
    ];
    expect(takenAgain).toEqual(taken);
    expect(await customer.do('sendChatMessage', line)).toEqual(said);
    expect((await api.node.sessions.find(customer.sessionId))?.chat.map(({ text }) => text)).toEqual([
      expect.anything(),
      null,
    ]);
  });
});
