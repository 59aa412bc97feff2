import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { noMediaRights } from '@deskside/media';
import type { MediaRights } from '@deskside/media';
import { endAllGuests } from '@deskside/media/server/testing';
import type { ApiUnderTest } from '../support/api-under-test';
import { answered, enter, MediaUnderTest, ticketOf } from '../support/media-under-test';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { answersAtDoor, RawSignalling } from '../support/raw-signalling';
import { SharedScreen } from '../support/shared-screen';
import { until } from '../support/until';

const everything: MediaRights = { subscribe: true, publish: ['screenShare', 'microphone', 'camera'], data: true };
let media: MediaUnderTest;
let api: ApiUnderTest;
let administrator: Staff;
let csr: Staff;
let session: SharedScreen;
let room: string;
let door: string;

beforeAll(async () => {
  media = await MediaUnderTest.start();
  api = await media.api();
  door = `${api.url}/media`;
  administrator = await api.firstAdministrator();
}, 600_000);
afterAll(async () => {
  await api.close();
  await media.close();
  await endAllGuests();
}, 60_000);
beforeEach(async () => {
  csr = await api.colleague(administrator, ['representative']);
  session = await SharedScreen.begin(api, csr);
  room = session.sessionId;
});

/** Comes in with a token of the API and waits until LiveKit has renewed it. */
async function connected(person: Parameters<typeof ticketOf>[0], sessionId?: string) {
  const issued = await ticketOf(person, sessionId);
  const way = await RawSignalling.open(door, issued);
  await until('LiveKit has renewed the token', () => way.renewed.length > 0);
  return { way, issued };
}

/** Whether the media server ever shows them while this is done; it is asked without a pause. */
async function isEverShown(identity: string, during: Promise<unknown>): Promise<boolean> {
  const isShown = async (): Promise<boolean> => (await media.inRoom(room, identity)) !== undefined;
  const seen = new Set<boolean>();
  let isOver = false;
  const over = during.finally(() => (isOver = true));
  do seen.add(await isShown());
  while (!isOver);
  await over;
  return seen.add(await isShown()).has(true);
}

type Case = readonly [string, 'ana' | 'csr', () => Promise<unknown>];
const cases: readonly Case[] = [
  ['was removed', 'ana', () => session.byCsr('removeParticipant', { participantId: session.ana.participantId })],
  ['has left', 'ana', () => session.byAna('leaveSession')],
  ['was there when the session ended', 'ana', () => session.byCsr('endSession')],
  ['ended the session', 'csr', () => session.byCsr('endSession')],
  ['was disabled', 'csr', () => administrator.do('disableAccount', { commandId: newId(), accountId: csr.accountId })],
  [
    'may serve no more',
    'csr',
    () => administrator.do('setAccountRoles', { commandId: newId(), accountId: csr.accountId, roles: ['auditor'] }),
  ],
];

describe('a token of somebody who has no part in the session any more', () => {
  it.each(cases)(
    'opens nothing: whoever %s',
    async (_, who, goes) => {
      const identity = who === 'ana' ? session.ana.participantId : session.representative;
      const { way, issued } = await (who === 'ana' ? connected(session.ana) : connected(csr, room));
      await goes();
      await way.closed;
      expect(way.heard).toContain('leave');
      await until('they are out', async () => (await media.inRoom(room, identity)) === undefined);
      // The room is there whatever becomes of it, so that LiveKit would let them in.
      await answered(() => media.server.ensureRoom(room));
      const raised = await media.server.issueToken({ room, identity, rights: everything, ttlSeconds: 600 });
      const tokens = [issued, ...way.renewed, raised];
      const tries = (async () => {
        for (const token of tokens) expect(await answersAtDoor(door, token)).toEqual([403, 403, 403, 403]);
      })();
      expect(await isEverShown(identity, tries)).toBe(false);
    },
    60_000,
  );

  it('opens nothing for a customer who only waits', async () => {
    const waiting = await api.customer().join(session.number, 'Ben');
    await answered(() => media.server.ensureRoom(room));
    const about = { room, identity: waiting.participantId, rights: everything, ttlSeconds: 600 };
    const tries = media.server.issueToken(about).then((token) => answersAtDoor(door, token));
    expect(await isEverShown(waiting.participantId, tries)).toBe(false);
    expect(await tries).toEqual([403, 403, 403, 403]);
  });

  it('opens no other room', async () => {
    const other = await SharedScreen.begin(api, csr);
    await answered(() => media.server.ensureRoom(other.sessionId));
    const about = { room: other.sessionId, identity: session.ana.participantId, rights: everything, ttlSeconds: 600 };
    expect(await answersAtDoor(door, await media.server.issueToken(about))).toEqual([403, 403, 403, 403]);
    expect(await answered(() => media.server.participants(other.sessionId))).toEqual([]);
  });
});

describe('somebody who is in the session', () => {
  it('takes up the thread again after a bad connection, and what they send goes on', async () => {
    const token = await ticketOf(session.ana);
    const guest = await enter(api, token);
    await session.granted();
    const identity = session.ana.participantId;
    await until('she may send', async () => (await media.inRoom(room, identity))?.rights.publish[0] === 'screenShare');
    const sid = await guest.publish('screenShare');
    const isCarried = async (): Promise<boolean> => (await media.inRoom(room, identity))?.tracks[0]?.sid === sid;
    await until('it is carried', isCarried);
    const again = await RawSignalling.open(door, token, { reconnect: '1' });
    await until('LiveKit has taken up the thread', () => again.heard.includes('reconnect'));
    expect(again.heard).not.toContain('join');
    expect(await isCarried()).toBe(true);
    again.socket.terminate();
    await guest.leave();
  });

  it('has no more by a renewed token than the session allows, also before anybody looks', async () => {
    const { way } = await connected(session.ana);
    const grantId = await session.granted();
    await until('the token was renewed with the right to send', () => way.renewed.length > 1);
    const renewed = way.renewed.at(-1) ?? '';
    await session.byAna('revokePermission', { grantId });
    const mayPublish = async (): Promise<readonly string[]> =>
      (await media.inRoom(room, session.ana.participantId))?.rights.publish ?? [];
    const had = new Set<string>();
    let isSettled = false;
    const comes = RawSignalling.open(door, renewed).finally(() => (isSettled = true));
    do for (const source of await mayPublish()) had.add(source);
    while (!isSettled);
    const { socket } = await comes;
    for (const source of await mayPublish()) had.add(source);
    expect([...had]).toEqual([]);
    expect((await media.inRoom(room, session.ana.participantId))?.rights).toEqual(noMediaRights);
    socket.terminate();
  });
});
