import { RoomEvent } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { noMediaRights } from '@deskside/media';
import type { MediaRights } from '@deskside/media';
import { endAllGuests } from '@deskside/media/server/testing';
import type { Guest } from '@deskside/media/server/testing';
import type { ApiUnderTest } from '../support/api-under-test';
import { newFolder } from '../support/api-under-test';
import { answered, enter, MediaUnderTest, ticketOf } from '../support/media-under-test';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { SharedScreen } from '../support/shared-screen';
import { until } from '../support/until';

const starting = 600_000;
const shares: MediaRights = { ...noMediaRights, publish: ['screenShare'] };
const sees: MediaRights = { ...noMediaRights, subscribe: true };
const folder = newFolder();
let media: MediaUnderTest;
let api: ApiUnderTest;
let csr: Staff;
let session: SharedScreen;
let room: string;
let ana: string;
const inRooms: Guest[] = [];

beforeAll(async () => {
  media = await MediaUnderTest.start();
  api = await media.api(folder);
  csr = await api.colleague(await api.firstAdministrator(), ['representative']);
}, starting);
afterAll(async () => {
  await api.close();
  await media.close();
  await endAllGuests();
}, 60_000);
beforeEach(async () => {
  session = await SharedScreen.begin(api, csr);
  room = session.sessionId;
  ana = session.ana.participantId;
});
afterEach(async () => {
  await Promise.all(inRooms.splice(0).map((guest) => guest.leave()));
});

/** Enters, and the API is told of it. */
async function comes(token: string, identity: string, door?: string): Promise<Guest> {
  const guest = await enter(api, token, door);
  inRooms.push(guest);
  expect(await media.tell(api, { room, identity })).toBe(204);
  return guest;
}

interface Sharing {
  readonly grantId: string;
  readonly owner: Guest;
  readonly viewer: Guest;
  /** With it the owner came. */
  readonly ownerToken: string;
  /** Settles when the picture is gone at the viewer's. */
  readonly gone: Promise<number>;
  /** What is carried. */
  readonly sid: string;
}

/** Ana's screen is carried to the representative. */
async function sharing(door?: string): Promise<Sharing> {
  const ownerToken = await ticketOf(session.ana);
  const owner = await comes(ownerToken, ana, door);
  const viewer = await comes(await ticketOf(csr, room), session.representative, door);
  const grantId = await session.granted();
  await Promise.all([media.has(room, ana, shares), media.has(room, session.representative, sees)]);
  const arrived = new Promise<void>((settle) => viewer.room.once(RoomEvent.TrackSubscribed, () => settle()));
  const gone = new Promise<number>((settle) =>
    viewer.room.once(RoomEvent.TrackUnsubscribed, () => settle(performance.now())),
  );
  const sid = await owner.publish('screenShare');
  await arrived;
  return { grantId, owner, viewer, ownerToken, gone, sid };
}

const isStopped = async (grantId: string): Promise<unknown> =>
  (await session.ana.ask('stoppedAtServer', { grantId })).value;

async function carriesNothing(): Promise<void> {
  const isSo = async (): Promise<boolean> => ((await media.inRoom(room, ana))?.tracks ?? []).length === 0;
  await until('nothing of hers is carried', isSo);
}

/** Not at the first look when the media server is busy. */
const isAsItShouldBe = (): Promise<void> =>
  until('rooms and log are alike', () => api.node.mediaReconciler.compare(room));

describe('a Stop in the middle of a share, by the server alone', () => {
  it('takes the picture from the far end, and the answer says so', async () => {
    const { grantId, gone } = await sharing();
    expect(await isStopped(grantId)).toBe(false);
    const begun = performance.now();
    const { value } = await session.byAna('revokePermission', { grantId });
    const answered = performance.now() - begun;
    expect(value).toMatchObject({ stoppedAtServer: true });
    process.stdout.write(`stop to gone ${Math.round((await gone) - begun)} ms, answered ${Math.round(answered)} ms\n`);
    expect(await isStopped(grantId)).toBe(true);
    expect((await media.inRoom(room, session.representative))?.rights).toEqual(noMediaRights);
  });

  it('twenty times has it gone, how soon is printed', async () => {
    const times: number[] = [];
    const { owner, viewer, ...first } = await sharing();
    let { grantId, gone, sid } = first;
    for (let turn = 0; turn < 20; turn++) {
      const begun = performance.now();
      await session.byAna('revokePermission', { grantId });
      times.push((await gone) - begun);
      // Her page ends the capture as well; otherwise one sender more is left in her connection each time.
      await owner.unpublish(sid);
      grantId = await session.granted();
      await Promise.all([media.has(room, ana, shares), media.has(room, session.representative, sees)]);
      const arrived = new Promise<void>((settle) => viewer.room.once(RoomEvent.TrackSubscribed, () => settle()));
      gone = new Promise((settle) => viewer.room.once(RoomEvent.TrackUnsubscribed, () => settle(performance.now())));
      sid = await owner.publish('screenShare');
      await arrived;
    }
    times.sort((a, b) => a - b);
    const [p50 = 0, p95 = 0] = [times[9], times[18]];
    process.stdout.write(`stop to gone: p50 ${Math.round(p50)} ms, p95 ${Math.round(p95)} ms, n ${times.length}\n`);
    // The benchmark holds the aim, 100 ms: the machine that runs this may have other work.
    expect(p95).toBeLessThan(5000);
  }, 90_000);

  it('is the same for a page that closed, a viewer who has enough, and an owner who leaves', async () => {
    const endings: readonly ((grantId: string) => Promise<unknown>)[] = [
      (grantId) => session.byAna('endPermission', { grantId, reason: 'pageClosed' }),
      (grantId) => session.byCsr('endPermission', { grantId }),
      () => session.byAna('leaveSession'),
    ];
    for (const end of endings) {
      const { grantId, gone } = await sharing();
      await end(grantId);
      await gone;
      await carriesNothing();
      session = await SharedScreen.begin(api, csr);
      [room, ana] = [session.sessionId, session.ana.participantId];
    }
  }, 60_000);

  it('is the same for the end, by which everybody is put out, the viewer before the owner or after', async () => {
    const { gone, viewer } = await sharing();
    const out = new Promise<unknown>((settle) => viewer.room.once(RoomEvent.Disconnected, settle));
    await session.byCsr('endSession');
    await Promise.race([gone, out]);
    await carriesNothing();
  });
});

describe('a Stop while the owner is away', () => {
  it('holds when she comes back with her old token: nothing is sent', async () => {
    const { grantId, owner, ownerToken } = await sharing();
    await owner.leave();
    await until('she is away', async () => (await media.inRoom(room, ana)) === undefined);
    expect((await session.byAna('revokePermission', { grantId })).value).toMatchObject({ stoppedAtServer: true });
    const again = await comes(ownerToken, ana);
    await expect(again.publish('screenShare')).rejects.toBeDefined();
    expect(await media.inRoom(room, ana)).toMatchObject({ rights: noMediaRights, tracks: [] });
    expect(await isStopped(grantId)).toBe(true);
  }, 60_000);

  it('takes from a viewer what his old token brings back', async () => {
    const grantId = await session.granted();
    const old = await ticketOf(csr, room);
    await session.byAna('revokePermission', { grantId });
    await comes(old, session.representative);
    await media.has(room, session.representative, noMediaRights);
  });
});

describe('the API restarted between the event and the call to the media server', () => {
  it('lowers at its start what it had no time to lower', async () => {
    const { grantId, gone } = await sharing();
    // As if it had died right after the event was written: the media server is not told.
    api.node.mediaReconciler.close();
    await session.byAna('revokePermission', { grantId });
    expect((await media.inRoom(room, ana))?.tracks).toHaveLength(1);
    await api.stop();
    const begun = performance.now();
    api = await media.api(folder);
    for (const person of [csr, session.ana]) person.origin = api.url;
    await gone;
    process.stdout.write(`after a start lowered in ${Math.round(performance.now() - begun)} ms\n`);
    await media.has(room, ana, noMediaRights);
    expect(await isStopped(grantId)).toBe(true);
  }, 60_000);

  it('lets a picture run whose grant is live', async () => {
    // Past the API, so that its own going cuts nobody off.
    const { gone } = await sharing(media.url);
    await api.stop();
    api = await media.api(folder);
    for (const person of [csr, session.ana]) person.origin = api.url;
    await isAsItShouldBe();
    expect((await media.inRoom(room, ana))?.tracks).toHaveLength(1);
    expect(await Promise.race([gone, Promise.resolve('still there')])).toBe('still there');
  }, 60_000);
});

describe('what LiveKit tells', () => {
  it('may be lost: rights come all the same', async () => {
    await session.granted();
    const owner = await enter(api, await ticketOf(session.ana));
    inRooms.push(owner);
    const after = await media.has(room, ana, shares);
    process.stdout.write(`webhook lost: raised after ${after} ms\n`);
  }, 60_000);

  it('may come twice, late, and of somebody who has gone or never was', async () => {
    const { owner } = await sharing();
    const stranger = newId();
    for (const id of [newId(), newId()])
      for (const identity of [ana, ana, stranger, session.representative])
        expect(await media.tell(api, { id, room, identity })).toBe(204);
    expect(await media.tell(api, { event: 'participant_left', room, identity: ana })).toBe(204);
    expect(await media.tell(api, { room: newId(), identity: ana })).toBe(204);
    await isAsItShouldBe();
    expect(await media.inRoom(room, ana)).toMatchObject({ rights: shares, tracks: [{ source: 'screenShare' }] });
    await owner.leave();
    await until('she is away', async () => (await media.inRoom(room, ana)) === undefined);
    expect(await media.tell(api, { room, identity: ana })).toBe(204);
    await isAsItShouldBe();
  });

  it('counts for nothing when it is forged', async () => {
    const forged = { apiKey: media.keys.apiKey, apiSecret: 'x'.repeat(48) };
    expect(await media.tell(api, { room, identity: ana }, forged)).toBe(401);
    const { text } = await session.ana.ask('mediaAccess');
    const asJson = JSON.parse(text) as { data: { mediaAccess: { token: string } } };
    const { token } = asJson.data.mediaAccess;
    const body = JSON.stringify({ event: 'participant_joined', room: { name: room } });
    const headers = { 'content-type': 'application/webhook+json', authorization: token };
    expect((await fetch(`${api.url}/media/webhook`, { method: 'POST', headers, body })).status).toBe(401);
  });
});

describe('somebody whom the session does not know', () => {
  it('is put out of its room', async () => {
    await ticketOf(session.ana);
    const stranger = newId();
    const all: MediaRights = { subscribe: true, publish: ['screenShare', 'microphone', 'camera'], data: true };
    const token = await media.server.issueToken({ room, identity: stranger, rights: all, ttlSeconds: 60 });
    await expect(enter(api, token)).rejects.toBeDefined();
    await comes(token, stranger, media.url);
    await until('he is out', async () => (await media.inRoom(room, stranger)) === undefined);
  });

  it('in a room that is none of ours is left alone', async () => {
    await answered(() => media.server.ensureRoom('of-somebody-else'));
    const token = await media.server.issueToken({
      room: 'of-somebody-else',
      identity: 'he',
      rights: sees,
      ttlSeconds: 60,
    });
    inRooms.push(await enter(api, token, media.url));
    await media.tell(api, { room: 'of-somebody-else', identity: 'he' });
    await session.granted();
    expect(await media.inRoom('of-somebody-else', 'he')).toMatchObject({ rights: sees });
  });
});

describe('a media server that was started anew', () => {
  it('has its room again when somebody asks for the way in, and his rights with it', async () => {
    const { owner, viewer } = await sharing();
    const { pid } = media.plant.own;
    process.kill(pid ?? 0, 'SIGKILL');
    await until('it runs again', () => media.plant.own.pid !== pid && media.plant.plant.state.status === 'ready');
    await Promise.all([owner, viewer].map((guest) => guest.leave().catch(() => undefined)));
    await session.ana.say('Chat goes on meanwhile');
    await until('it answers', async () => (await session.ana.ask('mediaAccess')).code === 'ok');
    await comes(await ticketOf(session.ana), ana);
    await media.has(room, ana, shares);
  }, 90_000);
});
