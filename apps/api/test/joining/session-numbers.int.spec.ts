import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StreamName } from '@deskside/event-store';
import type { Answer } from '../support/answer';
import { ApiUnderTest, GivenClock } from '../support/api-under-test';
import { newId } from '../support/people';
import type { Customer, Staff, StartedSession } from '../support/people';

const clock = new GivenClock();
let api: ApiUnderTest;
let csr: Staff;
/** 31 guesses at once from one address; most of them wait while the other tests run. */
let guesses: readonly Promise<Answer>[];

beforeAll(async () => {
  api = await ApiUnderTest.start({ clock });
  csr = await api.colleague(await api.firstAdministrator(), ['representative']);
  const guesser = api.customer();
  guesses = Array.from({ length: 31 }, (_, n) => tryNumber(String(100_000_000 + n), guesser));
});
afterAll(() => api.close());

function tryNumber(number: string, by: Customer = api.customer()): Promise<Answer> {
  return by.ask('joinByNumber', { commandId: newId(), number, name: 'Ana' });
}

/** Milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Whether it has been answered before something that was asked for earlier and is slowed down. */
async function isBefore(slowed: Promise<unknown>, work: () => Promise<unknown>): Promise<boolean> {
  let isOver = false;
  void slowed.finally(() => (isOver = true));
  await work();
  return !isOver;
}

/** The whole answer, without what says only when it was given. */
function whole({ status, text, headers }: Answer): unknown {
  const rest = [...headers].filter(([name]) => !['date', 'content-security-policy'].includes(name));
  return { status, text, headers: rest };
}

/** Settles when the stream has an event of this type, now or soon. */
async function written(type: string, stream: StreamName): Promise<void> {
  let stop: () => void = () => undefined;
  const comes = new Promise<void>((resolve) => {
    stop = api.node.hub.onType(type, ({ recorded }) => {
      if (recorded.stream === stream) resolve();
    });
  });
  const isThere = (await api.node.store.readStream(stream)).some((event) => event.type === type);
  if (!isThere) await comes;
  stop();
}

const sessionStream = (sessionId: string): StreamName => `supportSession-${sessionId}` as StreamName;

/** The number is nobody's any more. */
async function released(number: string): Promise<void> {
  await written('ValueReleased', api.node.claims.streamOf('sessionNumber', number));
}

/** The due list is looked at after each change of it: somebody else's session is one. */
async function letDeadlinesRun(): Promise<StartedSession> {
  return csr.startSession();
}

async function ended(): Promise<string> {
  const { number, sessionId } = await csr.startSession();
  await csr.do('endSession', { commandId: newId(), sessionId });
  await released(number);
  return number;
}

describe('a number', () => {
  it('that is unknown, lapsed, ended, or none at all gets one answer, byte for byte', async () => {
    const { number: lapsing, sessionId } = await csr.startSession();
    const endedNumber = await ended();
    clock.pass({ minutes: 30 });
    const first = whole(await tryNumber(lapsing));
    await letDeadlinesRun();
    await written('SessionEnded', sessionStream(sessionId));
    await released(lapsing);
    const typed = [
      '999999999',
      endedNumber,
      lapsing,
      '',
      '12',
      '1'.repeat(10_000),
      'drop table',
      '\u202e482913057',
      '0x1CC8A5F1',
    ];
    const answers = await Promise.all(typed.map(async (number) => whole(await tryNumber(number))));
    expect(first).toMatchObject({ text: expect.stringContaining('SESSION_NUMBER_UNKNOWN') });
    for (const answer of answers) expect(answer).toEqual(first);
  });

  it('admits until the last millisecond of its half hour, and not in the next', async () => {
    const { number, numberExpiresAt } = await csr.startSession();
    const other = await csr.startSession();
    clock.at = new Date(Date.parse(numberExpiresAt) - 1);
    expect((await tryNumber(number)).code).toBe('ok');
    clock.at = new Date(numberExpiresAt);
    expect((await tryNumber(other.number)).code).toBe('SESSION_NUMBER_UNKNOWN');
    // Whoever came in time keeps the session alive; a further person may still ask.
    expect((await tryNumber(number)).code).toBe('ok');
  });

  it('that lapsed unused ends its session and is free again', async () => {
    const { number, sessionId } = await csr.startSession();
    clock.pass({ minutes: 31 });
    await letDeadlinesRun();
    await released(number);
    expect(await api.node.sessions.find(sessionId)).toMatchObject({ status: 'ended', endReason: 'numberLapsed' });
    expect(await api.node.claims.holder('sessionNumber', number)).toBeNull();
  });

  it('is its session\u2019s alone while that is open, and free after the end', async () => {
    const { number, sessionId } = await csr.startSession();
    const claimant = 'supportSession-11111111-1111-4111-8111-111111111111' as never;
    const caller = { kind: 'system', id: api.node.bootId, correlationId: newId() } as const;
    const claim = { kind: 'sessionNumber', value: number, claimant, caller } as const;
    const refused = { ok: false, refusal: { code: 'SESSION_NUMBERS_EXHAUSTED' } };
    expect(await api.node.claims.take({ ...claim, commandId: newId() })).toEqual(refused);
    await csr.do('endSession', { commandId: newId(), sessionId });
    await released(number);
    expect(await api.node.claims.take({ ...claim, commandId: newId() })).toMatchObject({ ok: true });
  });

  it.each([
    ['full width', (n: string) => n.replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)))],
    ['grouped by spaces', (n: string) => n.replace(/(\d{3})/g, ' $1 ')],
    ['with hyphens and a direction mark', (n: string) => `\u200e${n.replace(/(\d{3})(?=\d)/g, '$1-')}`],
    ['in Arabic-Indic digits', (n: string) => n.replace(/\d/g, (d) => String.fromCodePoint(0x660 + Number(d)))],
  ])('typed %s is the same number', async (_, typed) => {
    const { number } = await csr.startSession();
    expect((await tryNumber(typed(number))).code).toBe('ok');
  });

  it('is tried more slowly each time from one address, and by others at once', async () => {
    const guesser = api.customer();
    const took: number[] = [];
    for (let tries = 0; tries < 4; tries++) {
      const guess = async (): Promise<void> =>
        expect((await tryNumber('999999999', guesser)).code).toBe('SESSION_NUMBER_UNKNOWN');
      took.push(await timed(guess));
    }
    const [, second, third, fourth] = took;
    expect(second).toBeGreaterThan(245);
    expect(third).toBeGreaterThan(495);
    expect(fourth).toBeGreaterThan(995);
    // The next one waits for 2 s.
    const fifth = tryNumber('999999999', guesser);
    expect(await isBefore(fifth, () => tryNumber('999999999'))).toBe(true);
    await fifth;
  });

  it('refuses a name that is none without a try being counted', async () => {
    const { number } = await csr.startSession();
    const visitor = api.customer();
    const named = (name: string): Promise<Answer> => visitor.ask('joinByNumber', { commandId: newId(), number, name });
    for (const name of ['', '   ', '\u200b\u200b', '\u202e']) expect((await named(name)).code).toBe('NAME_EMPTY');
    expect((await named('a'.repeat(101))).code).toBe('NAME_TOO_LONG');
    // Whoever was wrong four times waits for 2 s; five times, for 4 s.
    const guesser = api.customer();
    await Promise.all(Array.from({ length: 4 }, () => tryNumber('999999999', guesser)));
    const fifth = tryNumber('999999999', guesser);
    expect(await isBefore(fifth, async () => expect((await named('Ana')).code).toBe('ok'))).toBe(true);
    await fifth;
  });
});

describe('an orphan claim', () => {
  it('of an address is released by its deadline, and the address can be invited', async () => {
    const administrator = await api.staff().signIn(...recovered(await recover()));
    const value = 'orphan@example.org';
    const caller = { kind: 'system', id: api.node.bootId, correlationId: newId() } as const;
    const claimant = `representative-${newId()}` as never;
    await api.node.claims.take({ kind: 'email', value, claimant, caller, commandId: newId() });
    const invite = (): Promise<Answer> =>
      administrator.ask('inviteAccount', { commandId: newId(), name: 'Nova', email: value, roles: ['auditor'] });
    expect((await invite()).code).toBe('EMAIL_TAKEN');
    clock.pass({ seconds: 61 });
    await letDeadlinesRun();
    await written('ValueReleased', api.node.claims.streamOf('email', value));
    expect((await invite()).code).toBe('ok');
    expect((await invite()).code).toBe('EMAIL_TAKEN');
  });

  it('is not made by two invitations at once: one has the address, whatever its case, the other is EMAIL_TAKEN', async () => {
    const administrator = await api.staff().signIn(...recovered(await recover()));
    const answers = await Promise.all(
      ['New@Example.org', 'new@example.ORG'].map((email) =>
        administrator.ask('inviteAccount', { commandId: newId(), name: 'Nova', email, roles: ['auditor'] }),
      ),
    );
    expect(answers.map(({ code }) => code).sort()).toEqual(['EMAIL_TAKEN', 'ok']);
  });
});

it('thirty guesses from one address are looked at, each slower than the last; the next is TOO_MANY_TRIES at once', async () => {
  const codes = (await Promise.all(guesses)).map(({ code, errors }) => ({
    code,
    details: errors[0]?.extensions?.details,
  }));
  const tooMany = codes.filter(({ code }) => code === 'TOO_MANY_TRIES');
  expect(tooMany).toEqual([{ code: 'TOO_MANY_TRIES', details: { minutes: expect.any(Number) } }]);
  expect(codes.filter(({ code }) => code === 'SESSION_NUMBER_UNKNOWN')).toHaveLength(30);
  // Nobody else is held up, and what was refused is counted, not written one by one.
  expect((await tryNumber('999999999')).code).toBe('SESSION_NUMBER_UNKNOWN');
  await api.node.journal.flushCounted();
  const counted = (await api.events()).filter(({ type }) => type === 'UnauthenticatedRefused');
  expect(counted).toHaveLength(1);
  expect(counted[0]?.payload).toMatchObject({ kind: 'sessionNumber' });
});

it('a number that has lapsed admits nobody even when its timer has not fired', async () => {
  await api.node.deadlines.close();
  const { number, sessionId } = await csr.startSession();
  clock.pass({ minutes: 30 });
  expect((await tryNumber(number)).code).toBe('SESSION_NUMBER_UNKNOWN');
  expect(await api.node.sessions.find(sessionId)).toMatchObject({ status: 'open' });
});

async function recover(): Promise<{ email: string; password: string }> {
  const { recoverAdministrator } = await import('../../src/node/first-start');
  return recoverAdministrator(api.node);
}

function recovered({ email, password }: { email: string; password: string }): [string, string] {
  return [email, password];
}
