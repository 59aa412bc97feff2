import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiUnderTest, GivenClock } from '../support/api-under-test';
import { newId } from '../support/people';
import type { Customer, Staff } from '../support/people';
import { SharedScreen } from '../support/shared-screen';

const desktop = { capability: 'desktop', access: 'view' };
const clock = new GivenClock();
let api: ApiUnderTest;
let csr: Staff;
let other: Staff;
let screen: SharedScreen;

beforeAll(async () => {
  api = await ApiUnderTest.start({ clock });
  const administrator = await api.firstAdministrator();
  csr = await api.colleague(administrator, ['representative']);
  other = await api.colleague(administrator, ['representative']);
});
afterAll(() => api.close());
beforeEach(async () => {
  screen = await SharedScreen.begin(api, csr);
});

async function statusOf(requestId: string): Promise<string | undefined> {
  return (await api.node.sessions.find(screen.sessionId))?.requests[requestId]?.status;
}

async function typesWritten(): Promise<readonly string[]> {
  const all = (await api.events()).filter(({ stream }) => stream === `supportSession-${screen.sessionId}`);
  return all.map(({ type }) => type).filter((type) => type.startsWith('Permission'));
}

describe('asking', () => {
  it('goes its whole way, each step an event that both see', async () => {
    const feed = screen.ana.sessionFeed(await screen.ana.socket());
    const grantId = await screen.granted();
    const { events } = await feed.until((batch) => batch.events.some(({ type }) => type === 'PermissionGranted'));
    expect(events.at(-1)?.payload).toMatchObject({ grantId, grantees: [screen.representative], surface: 'monitor' });
    expect(await typesWritten()).toEqual([
      ...['PermissionRequested', 'PermissionRequestShown', 'PermissionApproved', 'PermissionGranted'],
    ]);
    feed.stop();
  });

  it('twice at once makes one question', async () => {
    const answers = await Promise.all([
      screen.byCsr('requestPermission', desktop),
      screen.byCsr('requestPermission', desktop),
    ]);
    expect(answers.map(({ code }) => code).sort()).toEqual(['REQUEST_ALREADY_OPEN', 'ok']);
    expect(await typesWritten()).toEqual(['PermissionRequested']);
  });

  it('with the same command twice is one question, answered alike', async () => {
    const commandId = newId();
    const first = await screen.byCsr('requestPermission', desktop, commandId);
    expect((await screen.byCsr('requestPermission', desktop, commandId)).value).toEqual(first.value);
    expect(await typesWritten()).toEqual(['PermissionRequested']);
  });

  it('for what there is no word for says what there is', async () => {
    const { code, errors } = await screen.byCsr('requestPermission', { capability: 'wallet', access: 'view' });
    expect(code).toBe('INPUT_INVALID');
    expect(errors[0]?.extensions?.details).toEqual({ field: 'request.capability', expected: '"desktop"' });
    expect((await screen.byCsr('requestPermission', { ...desktop, access: 'own' })).code).toBe('INPUT_INVALID');
  });

  it('of nobody, of a device that cannot, and again while it is shared, is refused', async () => {
    const { sessionId } = await csr.startSession();
    expect((await csr.ask('requestPermission', { commandId: newId(), sessionId, ...desktop })).code).toBe(
      'CUSTOMER_NOT_HERE',
    );
    await screen.granted();
    expect((await screen.byCsr('requestPermission', desktop)).code).toBe('ALREADY_GRANTED');
    const phone = {
      browser: 'Firefox',
      system: 'Android',
      form: 'phone',
      canShareScreen: false,
      microphones: 1,
      cameras: 2,
    };
    const onPhone = await SharedScreen.begin(api, csr);
    await onPhone.ana.do('describeDevice', { commandId: newId(), device: phone });
    expect((await onPhone.byCsr('requestPermission', desktop)).code).toBe('DEVICE_CANNOT');
  });
});

describe('answering', () => {
  it('after the withdrawal comes too late', async () => {
    const requestId = await screen.shown();
    expect((await screen.byCsr('withdrawRequest', { requestId })).code).toBe('ok');
    for (const answer of ['approveRequest', 'denyRequest', 'showRequest', 'extendRequest'])
      expect((await screen.byAna(answer, { requestId })).code).toBe('REQUEST_NOT_OPEN');
    expect(await statusOf(requestId)).toBe('withdrawn');
  });

  it('after the withdrawal with the dialog of the browser open gives nothing', async () => {
    const requestId = await screen.choosing();
    await screen.byCsr('withdrawRequest', { requestId });
    expect((await screen.byAna('grantPermission', { requestId, surface: 'monitor' })).code).toBe('REQUEST_NOT_OPEN');
    expect(await typesWritten()).not.toContain('PermissionGranted');
  });

  it('a moment before the time is over counts, and then no more, even when no timer has fired', async () => {
    const requestId = await screen.shown();
    clock.pass({ seconds: 120 });
    expect((await screen.byAna('approveRequest', { requestId })).code).toBe('REQUEST_TIMED_OUT');
    const next = await SharedScreen.begin(api, csr);
    const soon = await next.shown();
    clock.pass({ seconds: 119 });
    expect((await next.byAna('approveRequest', { requestId: soon })).code).toBe('ok');
  });

  it('is not waited for for ever: the time runs out by itself, and a new question can be asked', async () => {
    const socket = await csr.socket();
    const feed = csr.sessionFeed(socket, screen.sessionId);
    const requestId = await screen.shown();
    clock.pass({ seconds: 121 });
    // Anything with a deadline makes the server look at the time again.
    await SharedScreen.begin(api, csr);
    await feed.until(({ events }) => events.some(({ type }) => type === 'PermissionTimedOut'));
    expect((await screen.byAna('approveRequest', { requestId })).code).toBe('REQUEST_TIMED_OUT');
    await screen.asked();
    await socket.close();
  });

  it('"More time" gives two minutes more', async () => {
    const requestId = await screen.shown();
    expect((await screen.byAna('extendRequest', { requestId })).code).toBe('ok');
    clock.pass({ seconds: 239 });
    expect((await screen.byAna('approveRequest', { requestId })).code).toBe('ok');
  });

  it('nothing chosen keeps the time that was left, however long the dialog of the browser was open', async () => {
    const requestId = await screen.shown();
    clock.pass({ seconds: 50 });
    await screen.byAna('approveRequest', { requestId });
    clock.pass({ minutes: 20 });
    expect((await screen.byAna('reportNothingChosen', { requestId, reason: 'nothingChosen' })).code).toBe('ok');
    const request = (await api.node.sessions.find(screen.sessionId))?.requests[requestId];
    expect(request).toMatchObject({ status: 'shown', choiceFailure: 'nothingChosen' });
    expect(Date.parse(request?.expiresAt ?? '') - clock.now().getTime()).toBe(70_000);
    clock.pass({ seconds: 69 });
    expect((await screen.byAna('approveRequest', { requestId })).code).toBe('ok');
  });

  it('with a window where the desktop was asked is refused, and the right choice is taken afterwards', async () => {
    const requestId = await screen.choosing();
    for (const surface of ['window', 'browser'])
      expect((await screen.byAna('grantPermission', { requestId, surface })).code).toBe('WRONG_SURFACE');
    expect((await screen.byAna('grantPermission', { requestId, surface: 'mirror' })).code).toBe('INPUT_INVALID');
    expect((await screen.byAna('grantPermission', { requestId, surface: 'monitor' })).code).toBe('ok');
  });

  it('with a grant before anything was approved is refused', async () => {
    const requestId = await screen.shown();
    expect((await screen.byAna('grantPermission', { requestId, surface: 'monitor' })).code).toBe('REQUEST_NOT_OPEN');
  });

  it.each(['', 'constructor', '__proto__', 'x'.repeat(4000), '00000000-0000-4000-8000-000000000000 '])(
    'what is no id %j is said to be none',
    async (requestId) => {
      const { code, errors, text } = await screen.byAna('approveRequest', { requestId });
      expect({ code, details: errors[0]?.extensions?.details }).toMatchObject({
        code: 'INPUT_INVALID',
        details: { field: 'requestId' },
      });
      expect(text).not.toContain('xxxx');
    },
  );
});

describe('whose it is', () => {
  const everyAnswer = ['showRequest', 'extendRequest', 'approveRequest', 'denyRequest'] as const;

  async function refusedFor(who: Customer, requestId: string, grantId: string): Promise<readonly string[]> {
    const asks = [
      ...everyAnswer.map((name) => who.ask(name, { commandId: newId(), requestId })),
      who.ask('reportNothingChosen', { commandId: newId(), requestId, reason: 'failed' }),
      who.ask('grantPermission', { commandId: newId(), requestId, surface: 'monitor' }),
      who.ask('resumePermission', { commandId: newId(), endedGrantId: grantId, surface: 'monitor' }),
      who.ask('revokePermission', { commandId: newId(), grantId }),
      who.ask('endPermission', { commandId: newId(), grantId, reason: 'pageClosed' }),
      who.ask('stoppedAtServer', { grantId }),
    ];
    return (await Promise.all(asks)).map(({ code }) => code);
  }

  it('another customer of the session, one who waits, and one of another session can do nothing with it', async () => {
    const grantId = await screen.granted();
    const requestId = Object.keys((await api.node.sessions.find(screen.sessionId))?.requests ?? {})[0] ?? '';
    const before = await api.node.sessions.find(screen.sessionId);
    const second = await api.customer().join(screen.number, 'Bojan');
    const waiting = await api.customer().join(screen.number, 'Vera');
    await screen.byCsr('admitToSession', { participantId: second.participantId });
    const stranger = (await SharedScreen.begin(api, csr)).ana;
    expect(new Set(await refusedFor(second, requestId, grantId))).toEqual(new Set(['NOT_ALLOWED', 'GRANT_NOT_FOUND']));
    expect(new Set(await refusedFor(waiting, requestId, grantId))).toEqual(new Set(['NOT_ALLOWED', 'GRANT_NOT_FOUND']));
    expect(new Set(await refusedFor(stranger, requestId, grantId))).toEqual(
      new Set(['REQUEST_NOT_OPEN', 'GRANT_NOT_FOUND']),
    );
    const after = await api.node.sessions.find(screen.sessionId);
    expect(after?.grants).toEqual(before?.grants);
    expect(after?.requests).toEqual(before?.requests);
  });

  it('a representative of another session finds no session, and one without a place ends no share', async () => {
    const grantId = await screen.granted();
    const { sessionId } = screen;
    for (const [name, more] of [
      ['requestPermission', desktop],
      ['withdrawRequest', { requestId: newId() }],
      ['endPermission', { grantId }],
    ] as const)
      expect((await other.ask(name, { commandId: newId(), sessionId, ...more })).code).toBe('SESSION_NOT_FOUND');
    expect((await api.node.sessions.find(sessionId))?.grants[grantId]?.ended).toBeNull();
  });
});
