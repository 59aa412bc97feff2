import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SessionHistories } from '../../src/audit/session-histories';
import { mostFragments } from '../../src/graphql/endpoint-sockets';
import { holdings, rates } from '../../src/limits/limits';
import { ApiUnderTest } from '../support/api-under-test';
import { customerOperations, operation, staffOperations } from '../support/operations';
import { noLimits } from '../support/no-limits';
import { newId } from '../support/people';
import type { Customer, Staff, StartedSession } from '../support/people';
import type { Next, Socket } from '../support/socket';
import { until } from '../support/until';
import { codeOf } from '../support/answer';

let api: ApiUnderTest;
let administrator: Staff;
let csr: Staff;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  administrator = await api.firstAdministrator();
  csr = await api.colleague(administrator, ['representative']);
});
afterAll(() => api.close());

async function inSession(): Promise<{ session: StartedSession; ana: Customer }> {
  const session = await csr.startSession();
  return { session, ana: await api.customer().join(session.number, 'Ana') };
}

const customerFeed = operation(customerOperations, 'sessionFeed').text;
const most = holdings.feedsOfKindOfCustomer;

/** The first thing that each of so many feeds says. */
async function open(socket: Socket, many: number, query = customerFeed, variables = {}): Promise<readonly string[]> {
  const feeds = Array.from({ length: many }, () => socket.subscribe(query, variables));
  const first = await Promise.all(feeds.map((feed): Promise<Next | null> => feed.next()));
  return first.map((next) => (next === null ? 'cut off' : codeOf(next.errors)));
}

const count = (codes: readonly string[], wanted: string): number => codes.filter((code) => code === wanted).length;

/** Settles once the server knows that they have gone. */
const watchedFeeds = (wanted: number): Promise<void> =>
  until(`${wanted} feeds are watched`, () => api.node.hub.watched === wanted);

describe('a customer who opens ten thousand feeds over one connection', () => {
  it.each(['who is in', 'who still waits'])('%s gets a few of them, is cut off, and holds up nobody', async (who) => {
    const { session, ana } = await inSession();
    const waiting = await api.customer().join(session.number, 'Bojan');
    const hostile = who === 'who is in' ? ana : waiting;
    const socket = await hostile.socket();
    const flood = open(socket, 10_000);
    // Lines of others come and go meanwhile, and their feeds open.
    const other = await inSession();
    const quiet = await other.ana.socket();
    const feed = other.ana.sessionFeed(quiet);
    for (let n = 0; n < 20; n++) await other.ana.say(`${n}`);
    await feed.until(({ events }) => events.some(({ payload }) => payload['text'] === '19'));
    const codes = await flood;
    expect(count(codes, 'ok')).toBeLessThanOrEqual(most);
    expect(
      count(codes, 'ok') + count(codes, 'TOO_MANY_OPEN') + count(codes, 'TOO_MANY_REQUESTS') + count(codes, 'cut off'),
    ).toBe(10_000);
    expect((await socket.closed).code).toBe(4429);
    await quiet.close();
    await watchedFeeds(0);
  });
});

describe('feeds of one person', () => {
  it('are so many of each kind over all connections, and free again when they end, however they end', async () => {
    const { ana } = await inSession();
    const [one, other] = [await ana.socket(), await ana.socket()];
    expect(count(await open(one, most - 1), 'ok')).toBe(most - 1);
    expect(await open(other, 2)).toEqual(['ok', 'TOO_MANY_OPEN']);
    one.cut();
    await watchedFeeds(1);
    expect(count(await open(other, most), 'ok')).toBe(most - 1);
    await other.close();
    await watchedFeeds(0);
    const again = await ana.socket();
    const feed = again.subscribe(customerFeed);
    await feed.next();
    feed.stop();
    await watchedFeeds(0);
    expect(count(await open(again, most), 'ok')).toBe(most);
    await again.close();
    await watchedFeeds(0);
  });

  it('of another kind are counted for themselves, whatever they are', async () => {
    const { ana } = await inSession();
    const socket = await ana.socket();
    await open(socket, most);
    const states = operation(customerOperations, 'mediaState').text;
    const codes = await open(socket, most + 1, states);
    expect([count(codes, 'ok'), count(codes, 'TOO_MANY_OPEN')]).toEqual([most, 1]);
    await socket.close();
    await watchedFeeds(0);
  });

  it('of staff are bounded too', async () => {
    const { session } = await inSession();
    const socket = await csr.socket();
    const query = operation(staffOperations, 'sessionFeed').text;
    const many = holdings.feedsOfSocketOfStaff + 5;
    const codes = await open(socket, many, query, { sessionId: session.sessionId });
    expect(count(codes, 'ok')).toBe(holdings.feedsOfSocketOfStaff);
    expect(count(codes, 'TOO_MANY_OPEN')).toBe(5);
    await socket.close();
    await watchedFeeds(0);
  }, 60_000);

  it('whose id is used again while they are opened end with the connection', async () => {
    const { ana } = await inSession();
    const [opened, closed] = [jest.spyOn(api.node.presence, 'feedOpened'), jest.spyOn(api.node.presence, 'feedClosed')];
    const socket = await ana.socket();
    const subscribe = JSON.stringify({ id: 'A', type: 'subscribe', payload: { query: customerFeed } });
    for (let n = 0; n < 15; n++) {
      socket.sendRaw(subscribe);
      socket.sendRaw('{"id":"A","type":"complete"}');
    }
    socket.sendRaw(subscribe);
    await until('one is open', () => socket.received.includes('"next"'));
    socket.cut();
    // Until the server knows that it is cut, feeds come and go.
    for (const name of ['socketsOfCustomer', 'feedsOfAddress', 'feedsOfKindOfCustomer'] as const)
      await until(`nothing is held of ${name}`, () => api.node.limits.held(name).size === 0);
    await watchedFeeds(0);
    await until('nobody is there', () => closed.mock.calls.length === opened.mock.calls.length);
    expect(opened.mock.calls.length).toBeGreaterThan(0);
  });

  it('that are refused for another reason hold nothing', async () => {
    const { ana } = await inSession();
    const [gone, socket] = [await ana.socket(), await ana.socket()];
    await ana.do('leaveSession', { commandId: newId() });
    const codes = await open(socket, most + 3);
    expect(new Set(codes)).toEqual(new Set(['NOT_SIGNED_IN']));
    await Promise.all([gone.close(), socket.close()]);
  });
});

describe('the history of a session', () => {
  it('is read once for all feeds that are opened together, each of which has all of it', async () => {
    const { session, ana } = await inSession();
    for (let n = 0; n < 30; n++) await csr.say(session.sessionId, `${n}`);
    const read = jest.spyOn(api.node.store, 'readStream');
    const socket = await ana.socket();
    const feeds = Array.from({ length: most }, () => ana.sessionFeed(socket));
    const batches = await Promise.all(feeds.map((feed) => feed.value()));
    const pages = await Promise.all(read.mock.results.map(({ value }) => value as Promise<readonly unknown[]>));
    read.mockRestore();
    for (const { events, caughtUp } of batches) expect([events.length, caughtUp]).toEqual([32, true]);
    expect(pages.flat()).toHaveLength(33);
    await socket.close();
    await watchedFeeds(0);
  });

  it('is not kept: what was taken back or erased since is in no feed that is opened afterwards', async () => {
    const { session, ana } = await inSession();
    const socket = await csr.socket();
    const messageId = await ana.say('My card is 4556');
    const before = await csr.sessionFeed(socket, session.sessionId).value();
    expect(JSON.stringify(before)).toContain('4556');
    await ana.do('takeBackChatMessage', { commandId: newId(), messageId });
    const after = await csr.sessionFeed(socket, session.sessionId).value();
    expect(after.events.length).toBe(before.events.length + 1);
    expect(JSON.stringify(after)).not.toContain('4556');
    await socket.close();
    await watchedFeeds(0);
  });

  it('comes in batches that a slow reader can take one by one, and is whole', async () => {
    const long = 'x'.repeat(3900);
    const patient = await ApiUnderTest.start({ limits: noLimits });
    const writer = await patient.colleague(await patient.firstAdministrator(), ['representative']);
    const { sessionId } = await writer.startSession();
    for (let n = 0; n < 150; n++) await writer.say(sessionId, `${n} ${long}`);
    const socket = await writer.socket();
    const feed = writer.sessionFeed(socket, sessionId);
    const batches = [await feed.value()];
    while (batches.at(-1)?.caughtUp !== true) batches.push(await feed.value());
    expect(batches.length).toBeGreaterThan(2);
    for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(400_000);
    const revisions = batches.flatMap(({ events }) => events.map(({ revision }) => revision));
    expect(revisions).toEqual(Array.from({ length: 152 }, (_, n) => n));
    for (const [n, batch] of batches.entries()) expect(batch.upTo).toBe(batch.events.at(-1)?.revision ?? n);
    // Broken off after the first, it goes on from there.
    const resumed = writer.sessionFeed(socket, sessionId, batches[0]?.upTo);
    expect((await resumed.value()).events[0]?.revision).toBe((batches[0]?.upTo ?? 0) + 1);
    await socket.close();
    await patient.close();
  });

  it('is read for an auditor in turn too, however often they ask at once', async () => {
    const auditor = await api.colleague(administrator, ['auditor', 'representative']);
    const { sessionId } = await auditor.startSession();
    const read = SessionHistories.prototype.read;
    let [atOnce, most, refused] = [0, 0, 0];
    jest.spyOn(SessionHistories.prototype, 'read').mockImplementation(async function (this: SessionHistories, id) {
      atOnce += 1;
      most = Math.max(most, atOnce);
      // All have asked by then.
      await until('what is too much is refused', () => refused === 5);
      return read.call(this, id).finally(() => (atOnce -= 1));
    });
    const socket = await auditor.socket();
    const { text } = operation(staffOperations, 'sessionHistory');
    const asked = Array.from({ length: holdings.requestsInFlightOfCaller + 5 }, async () => {
      const code = await socket.codeFor(text, { sessionId });
      if (code === 'TOO_MANY_REQUESTS') refused += 1;
      return code;
    });
    const codes = await Promise.all(asked);
    jest.restoreAllMocks();
    expect(count(codes, 'ok')).toBe(holdings.requestsInFlightOfCaller);
    expect(count(codes, 'TOO_MANY_REQUESTS')).toBe(5);
    expect(most).toBeLessThanOrEqual(2);
    await socket.close();
  });
});

describe('connections', () => {
  it('of one customer are so many, and further ones are told that it is too many, not to sign in', async () => {
    const { ana } = await inSession();
    const sockets: Socket[] = [];
    for (let n = 0; n < holdings.socketsOfCustomer; n++) sockets.push(await ana.socket());
    await expect(ana.socket()).rejects.toMatchObject({ closing: { code: 4429, reason: 'TOO_MANY_OPEN' } });
    await sockets.pop()?.close();
    sockets.push(await ana.socket());
    await Promise.all(sockets.map((socket) => socket.close()));
  });
});

describe('a connection that sends what no client sends', () => {
  const places = (): number => api.node.limits.held('socketsOfCustomer').size;

  it('a message in too many pieces is closed', async () => {
    const { ana } = await inSession();
    const socket = await ana.socket();
    socket.sendFragments(mostFragments + 1);
    expect((await socket.closed).code).toBe(1008);
    await until('its place is free', () => places() === 0);
  });

  it('pings beyond what it may send is cut off', async () => {
    const { ana } = await inSession();
    const socket = await ana.socket();
    for (let n = 0; n < rates.messagesOfCustomer.burst * 3; n++) socket.ping();
    expect(await socket.closed).toEqual({ code: 4429, reason: 'TOO_MANY_REQUESTS' });
    await until('its place is free', () => places() === 0);
  });

  it.each([
    ['does not answer', (socket: Socket) => socket.pause()],
    ['says much more', (socket: Socket) => Array.from({ length: 10_000 }, () => socket.sendRaw(''))],
  ])('and %s to a goodbye hears it and is cut', async (_, goOn) => {
    const { ana } = await inSession();
    const socket = await ana.socket();
    socket.sendRaw('{');
    goOn(socket);
    await until('its place is free', () => places() === 0);
    socket.resume();
    expect((await socket.closed).code).toBe(4400);
  });

  it.each([
    ['no JSON', '{'],
    ['no message', '[]'],
    ['an unknown type', '{"type":"surprise"}'],
    ["a server's type", '{"type":"next","id":"1","payload":{}}'],
    ["a server's acknowledgement", '{"type":"connection_ack"}'],
    ['an operation without a payload', '{"type":"subscribe","id":"1"}'],
    ['a query that is a number', '{"type":"subscribe","id":"1","payload":{"query":7}}'],
    ['variables that are a list', '{"type":"subscribe","id":"1","payload":{"query":"{ x }","variables":[1]}}'],
    ['an id that every object has', '{"type":"complete","id":"__proto__"}'],
  ])('%s is closed with 4400 or answered, and the server goes on', async (_, text) => {
    const { ana } = await inSession();
    const socket = await ana.socket();
    socket.sendRaw(text);
    socket.sendRaw('{"type":"ping"}');
    let closedWith: number | null = null;
    void socket.closed.then(({ code }) => (closedWith = code));
    await until('it is closed or answered', () => closedWith !== null || socket.received.includes('"pong"'));
    expect([4400, null]).toContain(closedWith);
    await socket.close();
    expect(await ana.say('still here')).toBeTruthy();
  });
});
