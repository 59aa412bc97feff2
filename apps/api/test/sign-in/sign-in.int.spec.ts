import { createHook } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChangeAccount, ChangeAccountHandler } from '../../src/accounts/accounts.handlers';
import { send } from '../support/answer';
import type { Answer } from '../support/answer';
import { ApiUnderTest, GivenClock, knownPassword } from '../support/api-under-test';
import { operation, staffOperations } from '../support/operations';
import { newId, Staff } from '../support/people';
import { Socket } from '../support/socket';

const clock = new GivenClock();
let api: ApiUnderTest;
let administrator: Staff;
beforeAll(async () => {
  api = await ApiUnderTest.start({ clock });
  administrator = await api.firstAdministrator();
});
afterAll(() => api.close());

type Colleague = Staff & { readonly email: string };
const colleague = (...roles: ('administrator' | 'representative' | 'auditor')[]): Promise<Colleague> =>
  api.colleague(administrator, roles.length > 0 ? roles : ['representative']);
const admin = (name: string, more: object): Promise<unknown> => administrator.do(name, { commandId: newId(), ...more });
const tryToSignIn = (email: string, password: string): Promise<Answer> =>
  api.staff().ask('signIn', { email, password });
const { text: meText } = operation(staffOperations, 'me');

async function linkFor(accountId: string): Promise<string> {
  const { url } = await administrator.do<{ url: string }>('issueAccountLink', { commandId: newId(), accountId });
  return url.split('#')[1] ?? '';
}

async function invited(): Promise<{ accountId: string; email: string; secret: string }> {
  const email = `${newId()}@example.org`;
  const variables = { commandId: newId(), name: 'Nova', email, roles: ['auditor'] };
  const { url, accountId } = await administrator.do<{ url: string; accountId: string }>('inviteAccount', variables);
  return { accountId, email, secret: url.split('#')[1] ?? '' };
}

/** The whole answer, without what says only when it was given. */
function whole({ status, text, headers }: Answer): unknown {
  return {
    status,
    text,
    headers: [...headers].filter(([name]) => !['date', 'content-security-policy'].includes(name)),
  };
}

/**
 * How many passwords are hashed meanwhile, by all. A hash takes twenty times as long as all the rest of an answer: whoever
 * measures answers learns from them whether there was one, and nothing else.
 */
async function withHashes<T>(work: () => Promise<T>): Promise<{ readonly outcome: T; readonly hashes: number }> {
  let hashes = 0;
  const hook = createHook({ init: (_id, type) => void (hashes += Number(type === 'ARGON2REQUEST')) }).enable();
  const outcome = await work().finally(() => hook.disable());
  return { outcome, hashes };
}

describe('a sign-in that cannot be', () => {
  it('is answered alike, and costs as many hashes, for an unknown address, a wrong password, a disabled account and one without a password', async () => {
    const wrong = await colleague();
    const disabled = await colleague();
    await admin('disableAccount', { accountId: disabled.accountId });
    const answers: unknown[] = [];
    for (const [email, password] of [
      [`${newId()}@example.org`, knownPassword],
      [wrong.email, 'not the right phrase'],
      [disabled.email, knownPassword],
      [(await invited()).email, knownPassword],
    ] as const)
      answers.push(await withHashes(async () => whole(await tryToSignIn(email, password))));
    expect(answers[0]).toMatchObject({
      hashes: 1,
      outcome: { status: 200, text: expect.stringContaining('SIGN_IN_REFUSED') },
    });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('is answered as one when what was typed is no address at all', async () => {
    const [none, wrong] = [await tryToSignIn('\u0000 or 1=1', 'x'), await tryToSignIn('nobody@example.org', 'x')];
    expect(whole(none)).toEqual(whole(wrong));
  });

  it('is slower each time from one place for one account, and for nobody else', async () => {
    const [guesser, { email }, other] = [api.staff(), await colleague(), await colleague()];
    const from = (staff: Staff, of: string, password: string): Promise<Answer> =>
      staff.ask('signIn', { email: of, password });
    await from(guesser, email, 'wrong');
    const begun = performance.now();
    await from(guesser, email, 'wrong');
    await from(guesser, email, 'wrong');
    expect(performance.now() - begun).toBeGreaterThan(740);
    expect((await from(guesser, other.email, knownPassword)).code).toBe('ok');
    expect((await from(api.staff(), email.toUpperCase(), knownPassword)).code).toBe('ok');
  });
});

describe('guesses at a password', () => {
  const guesses = (by: Staff, email: string, many: number): Promise<readonly string[]> =>
    Promise.all(Array.from({ length: many }, async () => (await by.ask('signIn', { email, password: 'wrong' })).code));

  it('shut nobody out but whoever makes them: not the person elsewhere, nor at the browser that is known', async () => {
    const person = await colleague();
    const guesser = Object.assign(api.staff(), { address: person.address });
    const codes = await guesses(guesser, person.email, 33);
    expect(codes.filter((code) => code === 'TOO_MANY_TRIES')).toHaveLength(3);
    const signIn = (by: Staff): ReturnType<Staff['ask']> =>
      by.ask('signIn', { email: person.email, password: knownPassword });
    const rightNow = async (by: Staff): Promise<string> => (await signIn(by)).code;
    // The same address and account, in a browser that nobody has signed in at: not even the right password is looked at.
    const { code, errors } = await signIn(Object.assign(api.staff(), { address: person.address }));
    expect(code).toBe('TOO_MANY_TRIES');
    expect(errors[0]?.extensions?.details).toEqual({ minutes: 15 });
    const { browserCookie, address } = person;
    expect(await rightNow(Object.assign(api.staff(), { browserCookie, address }))).toBe('ok');
    expect(await rightNow(api.staff())).toBe('ok');
  });

  it('by somebody with a made-up mark of a known browser are guesses like any other', async () => {
    const person = await colleague();
    const other = await colleague();
    const guesser = Object.assign(api.staff(), { browserCookie: other.browserCookie });
    const codes = await guesses(guesser, person.email, 31);
    expect(codes.filter((code) => code === 'TOO_MANY_TRIES')).toHaveLength(1);
    for (const mark of ['', '.', '-', 'x-y', `${'z'.repeat(150)}`, person.browserCookie.slice(0, -1)]) {
      const forger = Object.assign(api.staff(), {
        address: guesser.address,
        browserCookie: `deskside_browser=${mark}`,
      });
      expect((await forger.ask('signIn', { email: person.email, password: knownPassword })).code).toBe(
        'TOO_MANY_TRIES',
      );
    }
  });

  it('at the known browser are slowed and then not looked at either', async () => {
    const person = await colleague();
    const codes = await guesses(person, person.email, 31);
    expect(codes.filter((code) => code === 'TOO_MANY_TRIES')).toHaveLength(1);
  });

  it('at one known browser shut out no other one of the same person', async () => {
    const person = await colleague();
    const elsewhere = await api.staff().signIn(person.email, knownPassword);
    const { address, browserCookie } = elsewhere;
    expect(await guesses(person, person.email, 31)).toContain('TOO_MANY_TRIES');
    // From the address of the guesses, where nobody is known but by the browser.
    const known = Object.assign(api.staff(), { address: person.address, browserCookie });
    expect((await known.ask('signIn', { email: person.email, password: knownPassword })).code).toBe('ok');
    expect(address).not.toBe(person.address);
  });

  it('are those of a stranger at a browser that was known before the password was changed', async () => {
    const person = await colleague();
    const before = person.browserCookie;
    const next = `${knownPassword} and more`;
    await person.do('changeOwnPassword', { commandId: newId(), current: knownPassword, next });
    const stranger = api.staff();
    expect(await guesses(stranger, person.email, 31)).toContain('TOO_MANY_TRIES');
    const { address } = stranger;
    const codes = [before, person.browserCookie].map(
      async (browserCookie) =>
        (
          await Object.assign(api.staff(), { address, browserCookie }).ask('signIn', {
            email: person.email,
            password: next,
          })
        ).code,
    );
    expect(await Promise.all(codes)).toEqual(['TOO_MANY_TRIES', 'ok']);
  });

  it('by whoever has got hold of the cookie shut its owner out of changing the password neither here nor for long', async () => {
    const person = await colleague();
    const { cookie, browserCookie } = person;
    const change = (by: Staff, current: string): Promise<Answer> =>
      by.ask('changeOwnPassword', { commandId: newId(), current, next: `${knownPassword} and more` });
    const guessAll = async (by: Staff): Promise<readonly string[]> =>
      Promise.all(Array.from({ length: 33 }, async () => (await change(by, 'wrong')).code));
    const thief = Object.assign(api.staff(), { cookie });
    expect((await guessAll(thief)).filter((code) => code === 'TOO_MANY_TRIES')).toHaveLength(3);
    // The browser has a cookie of its own beside that one: there only its own mistakes count.
    expect((await change(person, 'wrong')).code).toBe('SIGN_IN_REFUSED');
    // Also with all cookies of the browser there is a way: to sign in anew.
    await guessAll(Object.assign(api.staff(), { cookie, browserCookie }));
    expect((await change(person, knownPassword)).code).toBe('TOO_MANY_TRIES');
    await person.signIn(person.email, knownPassword);
    expect((await change(person, knownPassword)).code).toBe('ok');
  });

  it('at the other accounts of one place hold up no colleague there', async () => {
    const colleagues = await Promise.all(Array.from({ length: 12 }, () => colleague()));
    const { address } = api.staff();
    const answers = await Promise.all(
      colleagues.map(({ email }) =>
        Object.assign(api.staff(), { address }).ask('signIn', { email, password: knownPassword }),
      ),
    );
    expect(answers.map(({ code }) => code)).toEqual(Array(12).fill('ok'));
  });
});

describe('the cookie', () => {
  it('is for this site\u2019s pages alone, out of reach for scripts, and lasts as long as the sign-in', async () => {
    const { email } = await colleague();
    const [cookie] = (await tryToSignIn(email, knownPassword)).headers.getSetCookie();
    expect(cookie).toMatch(
      /^deskside_sign_in=[\w-]{43}; Max-Age=43200; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
  });

  it('is for https alone when the site is reached by it', async () => {
    const { email } = await colleague();
    const person = new Staff(api.url);
    const headers = { ...person.headers, 'content-type': 'application/json', 'x-forwarded-proto': 'https' };
    const query = operation(staffOperations, 'signIn').text;
    const body = JSON.stringify({ query, variables: { email, password: knownPassword } });
    expect((await send(person.url, { body, headers })).headers.getSetCookie()[0]).toMatch(/; Secure/);
  });

  it.each([
    ['empty', 'deskside_sign_in='],
    ['short', 'deskside_sign_in=garbage'],
    ['of the right length', `deskside_sign_in=${'x'.repeat(43)}`],
    ['endless', `deskside_sign_in=${'x'.repeat(8000)}`],
    ['not UTF-8', 'deskside_sign_in=%00%ff%E0%A4%A'],
    ['doubled', 'deskside_sign_in="a"; deskside_sign_in=b'],
    ['no cookie at all', ';;;===;;'],
    ['the language\u2019s own', '__proto__=1; constructor=2'],
  ])('that is %s is nobody\u2019s, and no error', async (_, cookie) => {
    const person = Object.assign(api.staff(), { cookie });
    expect(await person.ask('me')).toMatchObject({ code: 'ok', value: null });
    expect((await person.ask('accounts')).code).toBe('NOT_SIGNED_IN');
    await expect(person.socket()).rejects.toThrow('4403');
  });

  it('is of no use after twelve hours without use, and lives on with it', async () => {
    const [idle, busy] = [await colleague(), await colleague()];
    for (let hours = 0; hours < 13; hours += 3) {
      clock.pass({ hours: 3 });
      expect((await busy.ask('gettingStarted')).code).toBe('ok');
    }
    expect((await idle.ask('gettingStarted')).code).toBe('NOT_SIGNED_IN');
    administrator = await api.staff().signIn(...firstSignIn());
  });
});

function firstSignIn(): [string, string] {
  const { email, password } = api.server.firstAdministrator ?? { email: '', password: '' };
  return [email, password];
}

describe('open connections', () => {
  it('close with 4401 when the person is signed out everywhere, by himself or an administrator', async () => {
    const person = await colleague();
    const again = await api.staff().signIn(person.email, knownPassword);
    for (const by of [person, administrator]) {
      const sockets = [await person.socket(), await again.socket()];
      await by.do('signOutEverywhere', { commandId: newId(), accountId: person.accountId });
      expect((await Promise.all(sockets.map(({ closed }) => closed))).map(({ code }) => code)).toEqual([4401, 4401]);
      expect((await person.ask('gettingStarted')).code).toBe('NOT_SIGNED_IN');
      await expect(again.socket()).rejects.toThrow('4403');
      await person.signIn(person.email, knownPassword);
      await again.signIn(person.email, knownPassword);
    }
  });

  it('close with 4401 for the one sign-in that is signed out, the person\u2019s others stay', async () => {
    const person = await colleague();
    const other = await api.staff().signIn(person.email, knownPassword);
    const [closing, staying] = [await person.socket(), await other.socket()];
    await person.do('signOut');
    expect((await closing.closed).code).toBe(4401);
    expect(await staying.codeFor(meText, {})).toBe('ok');
    await staying.close();
  });

  it('close with 4401 when the account is disabled, and a new password ends all but the one that set it', async () => {
    const person = await colleague();
    const other = await api.staff().signIn(person.email, knownPassword);
    const socket = await other.socket();
    const next = 'quite another phrase';
    await person.do('changeOwnPassword', { commandId: newId(), current: knownPassword, next });
    expect((await socket.closed).code).toBe(4401);
    expect((await other.ask('gettingStarted')).code).toBe('NOT_SIGNED_IN');
    expect((await person.ask('gettingStarted')).code).toBe('ok');
    expect((await tryToSignIn(person.email, knownPassword)).code).toBe('SIGN_IN_REFUSED');
    const last = await person.socket();
    await admin('disableAccount', { accountId: person.accountId });
    expect((await last.closed).code).toBe(4401);
  });

  it('are looked at anew when a role is withdrawn: what is open ends, what comes is refused', async () => {
    const person = await colleague();
    const { sessionId } = await person.startSession();
    const socket = await person.socket();
    const feed = person.sessionFeed(socket, sessionId);
    await feed.value();
    await admin('setAccountRoles', { accountId: person.accountId, roles: ['auditor'] });
    expect((await socket.closed).code).toBe(1012);
    const again = await person.socket();
    const text = operation(staffOperations, 'sessionFeed').text;
    expect(await again.codeFor(text, { sessionId })).toBe('NOT_ALLOWED');
    expect(await again.codeFor(operation(staffOperations, 'endSession').text, { commandId: newId(), sessionId })).toBe(
      'NOT_ALLOWED',
    );
    await again.close();
  });

  it('close when their sign-in has run out, though nobody asked for anything', async () => {
    const person = await colleague();
    const socket = await person.socket();
    await api.node.vault.removeOwned(`representative-${person.accountId}`, ['sign-in']);
    expect(await socket.codeFor(operation(staffOperations, 'gettingStarted').text, {})).toBe('NOT_SIGNED_IN');
    await api.node.staffSockets.sweep();
    expect((await socket.closed).code).toBe(4401);
  });
});

describe('a one-time link', () => {
  it('used twice at once sets one password', async () => {
    const { secret, email } = await invited();
    const passwords = ['the phrase of the first', 'the phrase of the second'];
    const answers = await Promise.all(
      passwords.map((password) => api.staff().ask('setPassword', { secret, password })),
    );
    expect(answers.map(({ code }) => code).sort()).toEqual(['LINK_NOT_VALID', 'ok']);
    const won = answers.findIndex(({ code }) => code === 'ok');
    expect((await tryToSignIn(email, passwords[won] ?? '')).code).toBe('ok');
    expect((await tryToSignIn(email, passwords[1 - won] ?? '')).code).toBe('SIGN_IN_REFUSED');
  });

  it('cannot be used again, nor after three days, nor after a newer one, nor once the account is disabled', async () => {
    const use = async (secret: string): Promise<string[]> => [
      (await api.staff().ask('accountLink', { secret })).code,
      (await api.staff().ask('setPassword', { secret, password: knownPassword })).code,
    ];
    const dead = ['LINK_NOT_VALID', 'LINK_NOT_VALID'];
    const used = await invited();
    expect(await use(used.secret)).toEqual(['ok', 'ok']);
    expect(await use(used.secret)).toEqual(dead);

    const replaced = await invited();
    const newer = await linkFor(replaced.accountId);
    expect(await use(replaced.secret)).toEqual(dead);
    expect(await use(newer)).toEqual(['ok', 'ok']);

    const disabled = await invited();
    await admin('disableAccount', { accountId: disabled.accountId });
    expect(await use(disabled.secret)).toEqual(dead);

    const late = await invited();
    clock.pass({ hours: 72 });
    expect(await use(late.secret)).toEqual(dead);
    administrator = await api.staff().signIn(...firstSignIn());
    expect(await use('')).toEqual(dead);
  });

  it('outlives a password that is refused', async () => {
    const { secret } = await invited();
    const refusals = [
      ['elevenchars', 'PASSWORD_TOO_SHORT'],
      ['x'.repeat(201), 'PASSWORD_TOO_LONG'],
      ['aaaaaaaaaaaaaaaa', 'PASSWORD_TOO_COMMON'],
      ['Password12345!', 'PASSWORD_TOO_COMMON'],
    ];
    for (const [password, code] of refusals)
      expect((await api.staff().ask('setPassword', { secret, password })).code).toBe(code);
    expect((await api.staff().ask('setPassword', { secret, password: knownPassword })).code).toBe('ok');
  });

  it('takes a password however a keyboard spells its letters', async () => {
    const { secret, email } = await invited();
    await api.staff().do('setPassword', { secret, password: 'S\u030ctedljiv ﬁlozof 12' });
    expect((await tryToSignIn(email, '\u0160tedljiv filozof 12')).code).toBe('ok');
  });

  it('to reset says so, and signs everybody out who knew the old password', async () => {
    const person = await colleague();
    const secret = await linkFor(person.accountId);
    expect(await api.staff().do('accountLink', { secret })).toMatchObject({ purpose: 'reset' });
    expect((await person.ask('gettingStarted')).code).toBe('ok');
    await api.staff().do('setPassword', { secret, password: 'quite another phrase' });
    expect((await person.ask('gettingStarted')).code).toBe('NOT_SIGNED_IN');
    expect((await tryToSignIn(person.email, knownPassword)).code).toBe('SIGN_IN_REFUSED');
  });
});

describe('whoever manages accounts', () => {
  it('cannot disable himself nor give up the role by himself', async () => {
    const self = { commandId: newId(), accountId: administrator.accountId };
    expect((await administrator.ask('disableAccount', self)).code).toBe('NOT_YOURSELF');
    const roles = { ...self, commandId: newId(), roles: ['auditor'] };
    expect((await administrator.ask('setAccountRoles', roles)).code).toBe('NOT_YOURSELF');
    expect((await administrator.ask('setAccountRoles', { ...roles, commandId: newId(), roles: [] })).code).toBe(
      'ROLES_EMPTY',
    );
  });

  it.each([
    ['disable each other', { type: 'DisableAccount' }],
    ['take the role from each other', { type: 'SetRoles', roles: ['auditor'] }],
  ] as const)('remains when two of them %s at once', async (_, act) => {
    const pair = [await colleague('administrator'), await colleague('administrator')];
    // Both were let in before either was through.
    const callers = await Promise.all(
      pair.map(({ cookie }) => api.node.signIns.callerOf(cookie.split('=')[1], newId())),
    );
    const handler = new ChangeAccountHandler(api.node);
    const answers = await Promise.all(
      callers.map((caller, n) => {
        if (caller === null) throw new Error('Both are signed in.');
        return handler.execute(new ChangeAccount(caller, newId(), pair[1 - n]?.accountId ?? '', act));
      }),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'NOT_ALLOWED' } });
  });
});

describe('another site', () => {
  const forms = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', ''];
  const body = JSON.stringify({ query: 'mutation { signOut }' });

  it.each(forms)('cannot act by a form (%j)', async (type) => {
    const person = await colleague();
    const headers = { ...person.headers, ...(type === '' ? {} : { 'content-type': type }) };
    const { status, text } = await send(person.url, { body, headers });
    expect({ status, text }).toEqual({ status: 415, text: expect.stringContaining('BAD_USER_INPUT') });
    expect((await person.ask('gettingStarted')).code).toBe('ok');
  });

  it('cannot act by a link', async () => {
    const person = await colleague();
    const ask = async (query: string, headers: Record<string, string> = {}): Promise<number> => {
      const address = `${person.url}?query=${encodeURIComponent(query)}`;
      return (await fetch(address, { headers: { ...person.headers, ...headers } })).status;
    };
    expect(await ask('mutation { signOut }')).toBe(400);
    expect(await ask('mutation { signOut }', { 'apollo-require-preflight': '1' })).toBe(405);
    expect(await ask('{ me { id } }')).toBe(400);
    expect((await person.ask('gettingStarted')).code).toBe('ok');
  });

  it.each(['https://evil.example', 'null', 'http://localhost.evil.example', 'garbage', 'http://localhost:1'])(
    'is refused by its origin (%s), over HTTP and as a live connection',
    async (origin) => {
      const person = await colleague();
      const headers = { ...person.headers, 'content-type': 'application/json', origin };
      const { status, text } = await send(person.url, { body, headers });
      expect({ status, text }).toEqual({ status: 403, text: expect.stringContaining('NOT_ALLOWED') });
      await expect(person.socket({ origin })).rejects.toThrow('4403');
      expect((await person.ask('gettingStarted')).code).toBe('ok');
    },
  );

  it('is told from this one', async () => {
    const person = await colleague();
    const socket = await Socket.open(person.url, { headers: person.headers, origin: api.url });
    expect(await socket.codeFor(meText, {})).toBe('ok');
    await socket.close();
    const headers = { ...person.headers, 'content-type': 'application/json', origin: api.url };
    expect((await send(person.url, { body, headers })).status).toBe(200);
  });

  it('is not allowed to read an answer: no page but this one\u2019s is named', async () => {
    const { headers } = await administrator.ask('me');
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
