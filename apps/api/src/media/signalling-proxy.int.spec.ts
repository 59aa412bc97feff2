import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { noMediaRights } from '@deskside/media';
import type { MediaRights } from '@deskside/media';
import type { MediaPlantState } from '@deskside/media/server';
import { endAllGuests, Guest, newFolder, PlantUnderTest, removeFolder } from '@deskside/media/server/testing';
import { until } from '../../test/support/until';
import { accountOf, ana, ben, csr, former, Front, id, publicUrl, room, sessionWith } from './testing/front';
import { upgradeStatus, waits } from './testing/front';
import { HeldLiveKit } from './testing/held-livekit';
import { signallingRoot } from './signalling-proxy';

const everything: MediaRights = { subscribe: true, publish: ['screenShare', 'microphone', 'camera'], data: true };
const ways = ['/media/rtc', '/media/rtc/v1'];
const questions = ways.map((way) => `${way}/validate`);

/** Also one that was never open. */
const closing = (socket: WebSocket): Promise<unknown> => new Promise((closed) => socket.once('close', closed));

describe('the signalling below /media', () => {
  const dataDir = newFolder();
  let media: PlantUnderTest;
  let front: Front;
  let url: string;
  let token: string;

  beforeAll(async () => {
    media = PlantUnderTest.start({ dataDir });
    await media.ready();
    front = await Front.open(media.plant);
    ({ url } = front);
    await media.plant.server.ensureRoom(room);
    // As LiveKit renews a token: with all that somebody was once allowed.
    token = await media.plant.server.issueToken({ room, identity: ana, rights: everything, ttlSeconds: 600 });
  }, 600_000);

  afterAll(async () => {
    await front.close();
    await media.plant.close();
    await endAllGuests();
    removeFolder(dataDir);
  });

  it('carries a real participant, who has the least at first, whatever the token that they hold says', async () => {
    const guest = await Guest.join(`${url}${signallingRoot}`, token);
    const present = await media.plant.server.participants(room);
    expect(present).toEqual([{ identity: ana, rights: noMediaRights, tracks: [] }]);
    await media.plant.server.setRights(room, ana, { ...noMediaRights, publish: ['camera'] });
    expect(await guest.publish('camera')).toMatch(/^TR_/);
    expect(front.expected).toContain(room);
    await guest.leave();
  });

  it.each(ways)('opens %s, which asks for a token', async (path) => {
    expect(await upgradeStatus(`${url}${path}`)).toBe(401);
  });

  it('takes its own pages and callers that are no browser, and refuses every other site', async () => {
    const way = `${url}/media/rtc?access_token=${token}`;
    expect(await upgradeStatus(way)).toBe(101);
    expect(await upgradeStatus(way, { origin: publicUrl })).toBe(101);
    expect(await upgradeStatus(way, { origin: url })).toBe(101);
    expect(await upgradeStatus(way, { origin: 'https://evil.example' })).toBe(403);
    expect(await upgradeStatus(way, { origin: 'null' })).toBe(403);
  });

  it('answers why somebody may not enter', async () => {
    for (const path of questions) {
      expect((await fetch(`${url}${path}`)).status).toBe(401);
      expect((await fetch(`${url}${path}`, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    }
    const valid = await fetch(`${url}/media/rtc/validate?access_token=${token}`);
    expect([valid.status, await valid.text()]).toEqual([200, 'success']);
  });

  it('takes who comes from the token alone: no parameter adds to the identity', async () => {
    expect(await upgradeStatus(`${url}/media/rtc?access_token=${token}&publish=more`)).toBe(401);
    // Open for as long as it is looked at: whoever has gone is in the room no more.
    const way = `${url}/media/rtc?access_token=${token}&room=${id(9)}&identity=${ben}`;
    const socket = new WebSocket(way.replace(/^http/, 'ws'));
    await once(socket, 'open');
    await until('somebody is in the room', async () => (await media.plant.server.participants(room)).length > 0);
    expect((await media.plant.server.participants(room)).map(({ identity }) => identity)).toEqual([ana]);
    socket.terminate();
    expect(await media.plant.server.listRooms()).toEqual([room]);
  });

  it('leads to nothing else of LiveKit', async () => {
    const paths = [
      '/media/twirp/livekit.RoomService/ListRooms',
      '/media/rtc/../twirp/livekit.RoomService/ListRooms',
      '/media/rtc/%2e%2e/twirp/livekit.RoomService/ListRooms',
      '/media/rtc/v2',
      '/media/',
      '/media/agent',
      '/media/debug/rooms',
      '/media/whip/v1',
      '/media/settings/regions',
    ];
    for (const path of paths) {
      expect([path, (await fetch(`${url}${path}`, { method: 'POST' })).status]).toEqual([path, 404]);
      expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 404]);
      expect([path, await upgradeStatus(`${url}${path}`)]).toEqual([path, 404]);
    }
    expect((await fetch(`${url}/media/rtc/validate`, { method: 'POST' })).status).toBe(404);
  });

  it('ends what is open when the server closes', async () => {
    const closing = await Front.open(media.plant);
    const socket = new WebSocket(`${closing.url.replace(/^http/, 'ws')}/media/rtc?access_token=${token}`);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await closing.close();
    await closed;
  });
});

describe('at the door, before LiveKit is asked', () => {
  let livekit: HeldLiveKit;
  let front: Front;

  beforeEach(async () => {
    livekit = await HeldLiveKit.open();
    front = await Front.open(livekit.media);
  });
  afterEach(async () => {
    await front.close();
    await livekit.close();
    expect(front.failures).toEqual([]);
  });

  const tokenOf = (identity: string, name = room): Promise<string> =>
    livekit.media.server.issueToken({ room: name, identity, rights: everything, ttlSeconds: 600 });

  /** What every way in and every question answers, by query and by header. */
  async function answers(token: string): Promise<readonly number[]> {
    const headers = { authorization: `Bearer ${token}` };
    const query = `?access_token=${token}`;
    return [
      ...(await Promise.all(ways.map((way) => upgradeStatus(`${front.url}${way}${query}`)))),
      ...(await Promise.all(ways.map((way) => upgradeStatus(`${front.url}${way}`, headers)))),
      ...(await Promise.all(questions.map(async (way) => (await fetch(`${front.url}${way}${query}`)).status))),
      ...(await Promise.all(questions.map(async (way) => (await fetch(`${front.url}${way}`, { headers })).status))),
    ];
  }

  const open = (identityToken: string, path = '/media/rtc'): WebSocket => {
    const socket = new WebSocket(`${front.url.replace(/^http/, 'ws')}${path}?access_token=${identityToken}`);
    socket.on('error', () => undefined);
    return socket;
  };

  it.each([
    ['left', ben, sessionWith({ [ben]: 'left' })],
    ['was removed', ben, sessionWith({ [ben]: 'removed' })],
    ['waits', waits, sessionWith()],
    ['may not serve any more', former, sessionWith()],
    ['was never there', id(8), sessionWith()],
    ['was there until the end', ana, sessionWith({}, 'ended')],
  ])('whoever %s is refused', async (_, identity, session) => {
    front.session = session;
    expect(new Set(await answers(await tokenOf(identity)))).toEqual(new Set([403]));
    expect([livekit.callers.length, front.expected.length]).toEqual([0, 0]);
  });

  it('a room that is no session is refused', async () => {
    for (const name of ['of-somebody-else', id(9)])
      expect(new Set(await answers(await tokenOf(ana, name)))).toEqual(new Set([403]));
    expect(livekit.callers).toEqual([]);
  });

  it('a token that our key has not signed is refused, whoever it names', async () => {
    const [head = '', body = '', signature = ''] = (await tokenOf(ana)).split('.');
    const [, benBody = ''] = (await tokenOf(ben)).split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const old = { room, identity: ana, rights: everything, ttlSeconds: -120 };
    const forged = [
      `${head}.${benBody}.${signature}`,
      `${none}.${body}.`,
      `${none}.${body}.${signature}`,
      await livekit.media.server.issueToken(old),
    ];
    for (const token of forged) expect(new Set(await answers(token))).toEqual(new Set([401]));
    expect(livekit.callers).toEqual([]);
  });

  it('a request in which two readers may see two tokens is refused, as is one with a body', async () => {
    const [good, other] = [await tokenOf(ana), await tokenOf(ben)];
    const way = `${front.url}/media/rtc?access_token=${good}`;
    expect(await upgradeStatus(`${way}&access_token=${other}`)).toBe(400);
    expect(await upgradeStatus(way, { authorization: `Bearer ${other}` })).toBe(400);
    expect(await upgradeStatus(way, { 'content-length': '3' })).toBe(400);
    expect(await upgradeStatus(way, { 'transfer-encoding': 'chunked' })).toBe(400);
    expect((await fetch(`${front.url}/media/rtc/validate?access_token=${good}&access_token=${other}`)).status).toBe(
      400,
    );
    expect(livekit.callers).toEqual([]);
  });

  it('what LiveKit gets is a token of its own with the least, and nothing of the person', async () => {
    const token = await tokenOf(ana);
    const calls = livekit.next();
    const socket = new WebSocket(
      `${front.url.replace(/^http/, 'ws')}/media/rtc/v1?access_token=${token}&join_request=CA-_%3D%3D`,
      { headers: { cookie: 'deskside_sign_in=x', 'cf-connecting-ip': '10.0.0.1', 'x-forwarded-for': '10.0.0.1' } },
    );
    const caller = await calls;
    const { authorization = '', ...headers } = caller.request.headers;
    expect(caller.request.url).toBe('/rtc/v1?join_request=CA-_%3D%3D');
    expect(Object.keys(headers).toSorted()).toEqual([
      ...['connection', 'host', 'sec-websocket-extensions', 'sec-websocket-key', 'sec-websocket-version', 'upgrade'],
    ]);
    const claims = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({
      sub: ana,
      video: { room, roomJoin: true, canPublish: false, canPublishSources: [], canPublishData: false },
    });
    await Promise.all([once(socket, 'open'), caller.letIn()]);
    socket.terminate();
  });

  it('four ways in are enough for one participant, and the fifth is free again when one has closed', async () => {
    const token = await tokenOf(ana);
    const sockets: WebSocket[] = [];
    for (let n = 0; n < 4; n += 1) {
      const calls = livekit.next();
      const socket = open(token, ways[n % 2]);
      await Promise.all([once(socket, 'open'), calls.then((caller) => caller.letIn())]);
      sockets.push(socket);
    }
    expect(new Set(await answers(token))).toEqual(new Set([429]));
    expect(livekit.callers).toHaveLength(4);
    const calls = livekit.next();
    const another = open(await tokenOf(ben));
    await Promise.all([once(another, 'open'), calls.then((caller) => caller.letIn())]);
    sockets[0]?.terminate();
    await livekit.callers[0]?.gone;
    expect((await fetch(`${front.url}/media/rtc/validate?access_token=${token}`)).status).toBe(200);
    for (const socket of sockets) socket.terminate();
    another.terminate();
  });

  describe('while LiveKit is letting somebody in', () => {
    const stream = `supportSession-${room}`;

    it.each([
      ['a removal', 'ParticipantRemoved', { participantId: ana }],
      ['their leaving', 'ParticipantLeft', { participantId: ana }],
      ['the end', 'SessionEnded', {}],
    ])('%s cuts them off at once, and the room is looked at', async (_, type, payload) => {
      const calls = livekit.next();
      const socket = open(await tokenOf(ana));
      const { gone } = await calls;
      const closed = closing(socket);
      front.events.tell(type, stream, payload);
      await Promise.all([closed, gone]);
      expect(front.expected).toEqual([room]);
    });

    it('a removal of which nothing was heard yet is seen as soon as they are in', async () => {
      const calls = livekit.next();
      const socket = open(await tokenOf(ana));
      const caller = await calls;
      front.session = sessionWith({ [ana]: 'removed' });
      const closed = closing(socket);
      await caller.letIn();
      await Promise.all([closed, caller.gone]);
      expect(front.expected).toEqual([room]);
    });

    it('whoever goes away in the middle leaves no way to LiveKit behind', async () => {
      const calls = livekit.next();
      const socket = open(await tokenOf(ana));
      const caller = await calls;
      socket.terminate();
      await Promise.all([caller.letIn(), caller.gone]);
    });
  });

  describe('while somebody is connected', () => {
    const stream = `supportSession-${room}`;

    async function comes(identity: string): Promise<{ socket: WebSocket; far: WebSocket; closed: Promise<unknown> }> {
      const calls = livekit.next();
      const socket = open(await tokenOf(identity));
      const caller = await calls;
      const [far] = await Promise.all([caller.letIn(), once(socket, 'open')]);
      // The room is looked at after each arrival, and by then the way counts as open.
      while (!front.expected.includes(room)) await new Promise((again) => setImmediate(again));
      front.expected.length = 0;
      return { socket, far, closed: closing(socket) };
    }

    it('a removal leaves LiveKit the last word and then cuts them off, and nobody else', async () => {
      const [gone, stays] = [await comes(ana), await comes(ben)];
      front.events.tell('ParticipantRemoved', stream, { participantId: ana });
      const word = once(gone.socket, 'message');
      gone.far.send('you were removed');
      expect(String((await word)[0])).toBe('you were removed');
      await gone.closed;
      const heard = once(stays.socket, 'message');
      stays.far.send('still there');
      await heard;
      stays.socket.terminate();
    });

    it('a member of staff who may not serve any more is cut off, and one who lost another role is not', async () => {
      const { socket, far, closed } = await comes(csr);
      front.events.tell('RolesWithdrawn', `representative-${accountOf(csr)}`);
      front.events.tell('AccountDisabled', `representative-${accountOf(former)}`);
      const heard = once(socket, 'message');
      far.send('still there');
      await heard;
      expect(front.expected).toEqual([]);
      front.barred.add(accountOf(csr));
      front.events.tell('RolesWithdrawn', `representative-${accountOf(csr)}`);
      await closed;
      expect(front.expected).toEqual([room]);
    });
  });

  it('whoever was refused and does not close is not kept', async () => {
    const { port } = new URL(front.url);
    const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const lines = ['GET /media/rtc HTTP/1.1', 'Host: here', 'Connection: Upgrade', 'Upgrade: websocket', '', ''];
    socket.write(lines.join('\r\n'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
    while ((await front.connections()) > 0) await new Promise((again) => setImmediate(again));
    socket.destroy();
  });
});

describe('while there is no media server', () => {
  it.each<MediaPlantState>([
    { status: 'off' },
    { status: 'preparing', step: 'building', fraction: 0.5 },
    { status: 'failed', code: 'MEDIA_NOT_PROVIDED', sentence: 'There is none.' },
  ])('it says so: $status', async (state) => {
    const livekit = await HeldLiveKit.open();
    const { server } = livekit.media;
    const front = await Front.open({ state, server });
    const token = await server.issueToken({ room, identity: ana, rights: noMediaRights, ttlSeconds: 60 });
    expect(await upgradeStatus(`${front.url}/media/rtc?access_token=${token}`)).toBe(503);
    expect((await fetch(`${front.url}/media/rtc/validate`)).status).toBe(503);
    await Promise.all([front.close(), livekit.close()]);
  });

  it('one that has just died closes the connection and does no harm', async () => {
    const livekit = await HeldLiveKit.open();
    const { media } = livekit;
    const token = await media.server.issueToken({ room, identity: ana, rights: noMediaRights, ttlSeconds: 60 });
    const front = await Front.open(media);
    await livekit.close();
    expect(await upgradeStatus(`${front.url}/media/rtc?access_token=${token}`)).toBe(0);
    expect((await fetch(`${front.url}/media/rtc/validate?access_token=${token}`)).status).toBe(502);
    await front.close();
  });
});
