import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Answer } from '../support/answer';
import { ApiUnderTest, GivenClock, knownPassword } from '../support/api-under-test';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { SocketRefused } from '../support/socket';
import type { Socket } from '../support/socket';
import { until } from '../support/until';

const clock = new GivenClock();
let api: ApiUnderTest;
let administrator: Staff;
beforeAll(async () => {
  api = await ApiUnderTest.start({ clock });
  administrator = await api.firstAdministrator();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => api.close());

type Colleague = Staff & { readonly email: string };
const next = 'quite another phrase';
const colleague = (): Promise<Colleague> => api.colleague(administrator, ['representative']);
const admin = (name: string, { accountId }: Staff): Promise<unknown> =>
  administrator.do(name, { commandId: newId(), accountId });
const signIn = (by: Staff, { email }: Colleague, password = knownPassword): Promise<Answer> =>
  by.ask('signIn', { email, password });
const isIn = async (person: Staff): Promise<boolean> => (await person.ask('gettingStarted')).code === 'ok';

/** Whatever else goes on has gone on by then, as far as nothing holds it up. */
async function others(): Promise<void> {
  for (let round = 0; round < 30; round++) await administrator.do('site');
}

interface Held {
  /** Settles when the call has come. */
  readonly reached: Promise<void>;
  release(): void;
}

type Method = 'get' | 'put' | 'removeOwned';

/** Holds up the call number `nth` of this method of the vault for this kind of secret: its answer, or before it is begun. */
function hold(method: Method, kind: string, { nth = 1, at }: { nth?: number; at: 'answer' | 'begin' }): Held {
  const { vault } = api.node;
  const real = vault[method].bind(vault) as (...args: unknown[]) => Promise<never>;
  let calls = 0;
  let reach: () => void = () => undefined;
  let release: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const isMeant = (first: unknown, second: unknown): boolean =>
    method === 'put' ? (first as { kind: string }).kind === kind : [first, second].flat().includes(kind);
  jest.spyOn(vault, method as 'get').mockImplementation(async (...args) => {
    if (!isMeant(args[0], args[1]) || (calls += 1) !== nth) return real(...args);
    const early = at === 'answer' ? await real(...args) : null;
    reach();
    await released;
    return at === 'answer' ? (early as never) : real(...args);
  });
  return { reached, release: () => release() };
}

/** Changes the password of a person who is signed in, or by a link that an administrator gave them. */
const ways = {
  own: async (person: Colleague) => () =>
    person.ask('changeOwnPassword', { commandId: newId(), current: knownPassword, next }),
  link: async ({ accountId }: Colleague) => {
    const { url } = await administrator.do<{ url: string }>('issueAccountLink', { commandId: newId(), accountId });
    return () => api.staff().ask('setPassword', { secret: url.split('#')[1], password: next });
  },
} as const;

describe.each(['own', 'link'] as const)('a password that is changed (%s)', (way) => {
  const shutsOut = async (thief: Staff, person: Colleague, tried: Answer): Promise<void> => {
    expect(tried.code).toBe('SIGN_IN_REFUSED');
    expect({ cookie: thief.cookie, browserCookie: thief.browserCookie }).toEqual({ cookie: '', browserCookie: '' });
    expect((await signIn(api.staff(), person)).code).toBe('SIGN_IN_REFUSED');
    expect((await signIn(api.staff(), person, next)).code).toBe('ok');
    const signedIn = (await api.events()).filter(
      ({ type, stream }) => type === 'SignedIn' && stream === `representative-${person.accountId}`,
    );
    // By the invitation, by the change, and just now: none by the old password.
    expect(signedIn).toHaveLength(3);
  };

  it('shuts out whoever typed the old one before and is let in after', async () => {
    const person = await colleague();
    const change = await ways[way](person);
    const thief = api.staff();
    // First it is looked whether the browser is known, then at the password.
    const { reached, release } = hold('get', 'password', { nth: 2, at: 'answer' });
    const trying = signIn(thief, person);
    await reached;
    expect((await change()).code).toBe('ok');
    release();
    await shutsOut(thief, person, await trying);
  });

  it('shuts out whoever types the old one while it is being changed', async () => {
    const person = await colleague();
    const change = await ways[way](person);
    const thief = api.staff();
    const { reached, release } = hold('put', 'password', { at: 'begin' });
    const changing = change();
    await reached;
    const looking = hold('get', 'password', { nth: 2, at: 'answer' });
    const trying = signIn(thief, person);
    await looking.reached;
    looking.release();
    await Promise.race([trying, others()]);
    release();
    expect((await changing).code).toBe('ok');
    await shutsOut(thief, person, await trying);
  });
});

describe('a password', () => {
  it('is changed by nobody who had shown to know the one before the last', async () => {
    const person = await colleague();
    const { signIns, accounts } = api.node;
    const thief = await signIns.callerOf(person.cookie.split('=')[1], newId());
    if (thief === null) throw new Error('The thief has the cookie.');
    const verified = await signIns.verifyOwn(thief, null, knownPassword);
    if (!verified.ok) throw new Error('The thief knows the password.');
    await person.do('changeOwnPassword', { commandId: newId(), current: knownPassword, next });
    const by = { caller: thief, commandId: newId(), how: 'own', verified: verified.value } as const;
    const refused = { ok: false, refusal: { code: 'SIGN_IN_REFUSED' } };
    expect(await accounts.setPassword(person.accountId, 'the phrase of a thief', by)).toEqual(refused);
    expect((await signIn(api.staff(), person, next)).code).toBe('ok');
  });

  it('is changed once by a command that is sent again before it was answered', async () => {
    const person = await colleague();
    const again = Object.assign(api.staff(), { cookie: person.cookie });
    const variables = { commandId: newId(), current: knownPassword, next };
    // The vault does both together: the sign-in and the old password are good until then.
    const held = [hold('put', 'password', { at: 'begin' }), hold('removeOwned', 'sign-in', { at: 'begin' })];
    const asked = jest.spyOn(api.node.signIns.secrets, 'changePassword');
    // Whatever it is answered, nobody hears it any more.
    const first = person.ask('changeOwnPassword', variables);
    await Promise.all(held.map(({ reached }) => reached));
    const second = again.ask('changeOwnPassword', variables);
    await until('both wait for their turn', () => asked.mock.calls.length === 2);
    for (const { release } of held) release();
    await first;
    expect((await second).code).toBe('ok');
    expect(await isIn(again)).toBe(true);
    const changed = (await api.events()).filter(({ commandId }) => commandId === variables.commandId);
    expect(changed.map(({ type }) => type)).toEqual(['PasswordChanged', 'SignedOut']);
  });
});

describe('a sign-in', () => {
  it('that was begun before all were ended is ended with them', async () => {
    const person = await colleague();
    const other = api.staff();
    const { reached, release } = hold('put', 'sign-in', { at: 'begin' });
    const entering = signIn(other, person);
    await reached;
    const ending = admin('signOutEverywhere', person);
    await Promise.race([ending, others()]);
    release();
    await Promise.all([entering, ending]);
    expect(await isIn(other)).toBe(false);
    expect((await signIn(other, person)).code).toBe('ok');
  });

  it('that was begun before its account was disabled does not come back with the account', async () => {
    const person = await colleague();
    const other = api.staff();
    const { reached, release } = hold('put', 'sign-in', { at: 'begin' });
    const entering = signIn(other, person);
    await reached;
    const ending = admin('disableAccount', person);
    await Promise.race([ending, others()]);
    release();
    await Promise.all([entering, ending]);
    await admin('enableAccount', person);
    expect(await isIn(other)).toBe(false);
  });

  it.each([
    ['is signed out', (person: Staff) => person.do('signOut')],
    ['is signed out everywhere', (person: Staff) => admin('signOutEverywhere', person)],
    ['has another password', (person: Staff) => api.node.accounts.setPassword(person.accountId, next, recovery())],
  ])('is not brought back by a request that was to prolong it while its person %s', async (_, end) => {
    const person = await colleague();
    const idle = Object.assign(api.staff(), { cookie: person.cookie, accountId: person.accountId });
    clock.pass({ hours: 3 });
    const { reached, release } = hold('get', 'sign-in', { at: 'answer' });
    const asking = idle.ask('me');
    await reached;
    await end(person);
    release();
    await asking;
    expect(await isIn(idle)).toBe(false);
  });

  it('that has begun before roles were withdrawn has them no more', async () => {
    const person = await colleague();
    const other = api.staff();
    const { reached, release } = hold('put', 'sign-in', { at: 'begin' });
    const entering = signIn(other, person);
    await reached;
    const { accountId } = person;
    await administrator.do('setAccountRoles', { commandId: newId(), accountId, roles: ['auditor'] });
    release();
    await entering;
    expect((await other.ask('startOutboundSession', { commandId: newId() })).code).toBe('NOT_ALLOWED');
  });
});

describe('an open connection', () => {
  // Whatever stays open for a minute is found by it, too.
  beforeEach(() => {
    jest.spyOn(api.node.staffSockets, 'sweep').mockResolvedValue();
  });

  const ended = (opening: Promise<Socket>): Promise<number> =>
    opening.then(
      async ({ closed }) => (await closed).code,
      (error: unknown) => (error instanceof SocketRefused ? error.closing.code : Promise.reject(error)),
    );

  it.each([
    ['is signed out', (person: Staff) => person.do('signOut')],
    ['is signed out everywhere', (person: Staff) => admin('signOutEverywhere', person)],
  ])('is closed that was let in before its person %s and stands after', async (_, end) => {
    const person = await colleague();
    const { reached, release } = hold('get', 'sign-in', { at: 'answer' });
    const opening = person.socket();
    await reached;
    await end(person);
    release();
    expect(await ended(opening)).toBe(4401);
  });

  it('is closed that came between the event that ended its sign-in and the end', async () => {
    const person = await colleague();
    const { reached, release } = hold('removeOwned', 'sign-in', { at: 'begin' });
    const ending = admin('signOutEverywhere', person);
    await reached;
    const socket = await person.socket();
    release();
    await ending;
    expect((await socket.closed).code).toBe(4401);
  });
});

function recovery(): Parameters<ApiUnderTest['node']['accounts']['setPassword']>[2] {
  const caller = { kind: 'system', id: api.node.bootId, correlationId: newId() } as const;
  return { caller, commandId: newId(), how: 'recovery' };
}
