import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';
import { noLimits } from '../support/no-limits';
import { newId } from '../support/people';
import type { Customer, FeedBatch, FeedEvent, Staff, StartedSession } from '../support/people';
import type { Subscription } from '../support/socket';

let api: ApiUnderTest;
let administrator: Staff;
let csr: Staff;
beforeAll(async () => {
  api = await ApiUnderTest.start({ limits: noLimits });
  administrator = await api.firstAdministrator();
  csr = await api.colleague(administrator, ['representative']);
});
afterAll(() => api.close());

async function twoInSession(): Promise<{ session: StartedSession; ana: Customer }> {
  const session = await csr.startSession();
  return { session, ana: await api.customer().join(session.number, 'Ana') };
}

const textOf = ({ payload }: FeedEvent): unknown => payload['text'];
const revisionsOf = (events: readonly FeedEvent[]): readonly number[] => events.map(({ revision }) => revision);
const upTo = (last: number): readonly number[] => Array.from({ length: last + 1 }, (_, n) => n);

/** Everything a feed gives until an event of this type. */
async function until(feed: Subscription<FeedBatch>, type: string): Promise<readonly FeedBatch[]> {
  const batches: FeedBatch[] = [];
  await feed.until((batch) => {
    batches.push(batch);
    return batch.events.some((event) => event.type === type);
  });
  return batches;
}

describe('a feed that is resumed', () => {
  it('has from any revision on exactly what comes after it', async () => {
    const { session, ana } = await twoInSession();
    for (let n = 0; n < 5; n++) await (n % 2 === 0 ? csr.say(session.sessionId, `${n}`) : ana.say(`${n}`));
    const socket = await csr.socket();
    const last = 7;
    for (const after of [undefined, -1, -99, ...upTo(last), 8, 2_000_000_000]) {
      const { events, upTo: reached, reset } = await csr.sessionFeed(socket, session.sessionId, after).value();
      const known = Math.max(-1, after ?? -1);
      expect([after, revisionsOf(events)]).toEqual([after, upTo(last).filter((revision) => revision > known)]);
      expect({ reached, reset }).toEqual({ reached: last, reset: false });
    }
    await socket.close();
  });

  it('again and again while four people write at once has no gap and nothing twice', async () => {
    const { session, ana } = await twoInSession();
    const lines = 60;
    let writing = true;
    const writer = async (say: (text: string) => Promise<unknown>, name: string): Promise<void> => {
      for (let n = 0; n < lines; n++) await say(`${name}${n}`);
    };
    const all = Promise.all([
      writer((text) => csr.say(session.sessionId, text), 'a'),
      writer((text) => csr.say(session.sessionId, text), 'b'),
      writer((text) => ana.say(text), 'c'),
      writer((text) => ana.say(text, session.participantId), 'd'),
    ]).then(async () => {
      await csr.do('endSession', { commandId: newId(), sessionId: session.sessionId });
      writing = false;
    });
    const got: FeedEvent[] = [];
    let reached: number | undefined;
    let reconnections = 0;
    const isOver = (): boolean => got.at(-1)?.type === 'SessionEnded';
    while (!isOver()) {
      const socket = await csr.socket();
      const feed = csr.sessionFeed(socket, session.sessionId, reached);
      const batches = 1 + (reconnections % 4);
      for (let n = 0; n < batches && !isOver() && (writing || n === 0); n++) {
        const batch = await feed.value();
        got.push(...batch.events);
        reached = batch.upTo;
      }
      socket.cut();
      reconnections += 1;
    }
    await all;
    expect(revisionsOf(got)).toEqual(upTo(4 * lines + 3));
    for (const name of ['a', 'b', 'c', 'd'])
      expect(got.map(textOf).filter((text) => String(text).startsWith(name))).toEqual(
        upTo(lines - 1).map((n) => `${name}${n}`),
      );
    expect(reconnections).toBeGreaterThan(3);
  });

  it('after an erasure begins anew, so that the page forgets what is gone', async () => {
    const { session, ana } = await twoInSession();
    await ana.say('My name is Ana');
    await csr.do('endSession', { commandId: newId(), sessionId: session.sessionId });
    const before = await csr.socket();
    const { upTo: reached } = await csr.sessionFeed(before, session.sessionId).value();
    await before.close();
    await eraseCustomerOf(session);
    const socket = await csr.socket();
    const batch = await csr.sessionFeed(socket, session.sessionId, reached).value();
    expect(batch.reset).toBe(true);
    expect(revisionsOf(batch.events)).toEqual(upTo(reached));
    expect(socket.received).not.toContain('Ana');
    await socket.close();
  });
});

async function eraseCustomerOf({ sessionId }: StartedSession): Promise<void> {
  const participants = Object.values((await api.node.sessions.find(sessionId))?.participants ?? {});
  const customerId = participants.find(({ role }) => role === 'primaryCustomer')?.personId;
  await administrator.do('erasePersonalData', { commandId: newId(), customerId });
}

describe('a feed begins anew', () => {
  it('when its person is let in, with what he may see of before', async () => {
    const { session } = await twoInSession();
    await csr.say(session.sessionId, 'before Bojan');
    const bojan = await api.customer().join(session.number, 'Bojan');
    const socket = await bojan.socket();
    const feed = bojan.sessionFeed(socket);
    expect((await feed.value()).events.map(({ type }) => type)).toEqual(['JoinRequested']);
    const { participantId } = bojan;
    await csr.do('admitToSession', { commandId: newId(), sessionId: session.sessionId, participantId });
    const batch = await feed.value();
    expect(batch.reset).toBe(true);
    expect(batch.events.map(({ type }) => type)).toEqual([
      'ParticipantJoined',
      'ParticipantJoined',
      'JoinRequested',
      'JoinAdmitted',
      'ParticipantJoined',
    ]);
    await csr.say(session.sessionId, 'with Bojan');
    expect((await feed.value()).events.map(textOf)).toEqual(['with Bojan']);
    await socket.close();
  });

  it('when something in it was erased, for whoever still watches', async () => {
    const { session, ana } = await twoInSession();
    await ana.say('My card is 4556');
    const socket = await csr.socket();
    const feed = csr.sessionFeed(socket, session.sessionId);
    await csr.do('endSession', { commandId: newId(), sessionId: session.sessionId });
    await until(feed, 'SessionEnded');
    await eraseCustomerOf(session);
    const batch = await feed.value();
    expect(batch.reset).toBe(true);
    expect(batch.events.map(({ type, payload }) => [type, payload['name'] ?? payload['text']])).toEqual([
      ['SessionStarted', undefined],
      ['ParticipantJoined', 'Mira Colleague'],
      ['ParticipantJoined', { erased: true }],
      ['ChatMessageSent', { erased: true }],
      ['SessionEnded', undefined],
    ]);
    await socket.close();
  });
});

/** The server hears of a connection that was closed a little later than whoever closed it. */
async function nobodyWatches(): Promise<void> {
  while (api.node.hub.watched > 0) await nextTurn();
}

describe('many watchers', () => {
  it('fifty of them get the same events in the same order, each once', async () => {
    const { session, ana } = await twoInSession();
    const sockets = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? csr : ana).socket()));
    const feeds = sockets.map((socket, n) =>
      n % 2 === 0 ? csr.sessionFeed(socket, session.sessionId) : ana.sessionFeed(socket),
    );
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? csr.say(session.sessionId, `${n}`) : ana.say(`${n}`))),
    );
    await csr.do('endSession', { commandId: newId(), sessionId: session.sessionId });
    const seen = await Promise.all(feeds.map((feed) => until(feed, 'SessionEnded')));
    const orders = seen.map((batches) => revisionsOf(batches.flatMap(({ events }) => events)));
    const everything = upTo(43);
    for (const [n, order] of orders.entries()) expect(order).toEqual(n % 2 === 0 ? everything : everything.slice(1));
    await Promise.all(sockets.map((socket) => socket.close()));
  });

  it('one who does not read gets all in order when he reads again, and holds up nobody', async () => {
    const { session, ana } = await twoInSession();
    const [slow, quick] = [await csr.socket(), await ana.socket()];
    const slowFeed = csr.sessionFeed(slow, session.sessionId);
    const quickFeed = ana.sessionFeed(quick);
    await slowFeed.value();
    slow.pause();
    const long = 'x'.repeat(3900);
    // Soon enough: whoever answers no ping is cut.
    for (let n = 0; n < 80; n++) await ana.say(`${n} ${long}`);
    await csr.do('endSession', { commandId: newId(), sessionId: session.sessionId });
    await until(quickFeed, 'SessionEnded');
    slow.resume();
    const batches = await until(slowFeed, 'SessionEnded');
    expect(revisionsOf(batches.flatMap(({ events }) => events))).toEqual(upTo(83).slice(3));
    await Promise.all([slow.close(), quick.close()]);
  });

  it('leave nothing behind when they go, however they go', async () => {
    const { session, ana } = await twoInSession();
    await nobodyWatches();
    const [closing, cut, stopping] = [await ana.socket(), await ana.socket(), await ana.socket()];
    const feeds = [closing, cut, stopping].map((socket) => ana.sessionFeed(socket));
    await Promise.all(feeds.map((feed) => feed.value()));
    expect(api.node.hub.watched).toBe(3);
    feeds[2]?.stop();
    await closing.close();
    cut.cut();
    await nobodyWatches();
    await csr.say(session.sessionId, 'still here');
    await stopping.close();
  });
});
