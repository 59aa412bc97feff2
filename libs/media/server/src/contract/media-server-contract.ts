import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mediaSources, noMediaRights } from '@deskside/media';
import type { MediaRights, MediaSource } from '@deskside/media';
import type { MediaServer } from '../media-server';

export interface Joined {
  /** Settles when the server takes it, fails when it does not. */
  publish(source: MediaSource): Promise<string>;
  leave(): Promise<void>;
}

/** What a suite needs of one media server. */
export interface Current {
  readonly server: MediaServer;
  readonly join: (token: string) => Promise<Joined>;
}

let rooms = 0;
const seesOnly: MediaRights = { ...noMediaRights, subscribe: true };

/** What every media server must do, in memory or real. */
export function mediaServerContract(current: () => Current): void {
  let room: string;
  let joined: Joined[];

  beforeEach(async () => {
    room = `room-${(rooms += 1)}`;
    joined = [];
    await current().server.ensureRoom(room);
  });

  afterEach(async () => {
    await Promise.all(joined.map((guest) => guest.leave()));
    await current().server.closeRoom(room);
  });

  const join = async (identity: string, rights: MediaRights, hidden = false): Promise<Joined> => {
    const { server, join: enter } = current();
    const guest = await enter(await server.issueToken({ room, identity, rights, ttlSeconds: 60, hidden }));
    joined.push(guest);
    return guest;
  };

  describe('rooms', () => {
    it('a room is there once it was asked for, twice makes no other, and it goes when it is closed', async () => {
      const { server } = current();
      await server.ensureRoom(room);
      expect((await server.listRooms()).filter((name) => name === room)).toEqual([room]);
      await server.closeRoom(room);
      expect(await server.listRooms()).not.toContain(room);
    });

    it('what is not there is nobody, and closing it is no error', async () => {
      const { server } = current();
      expect(await server.participants('no-room')).toEqual([]);
      expect(await server.readRights('no-room', 'nobody')).toBeNull();
      await server.closeRoom('no-room');
      await server.removeParticipant(room, 'nobody');
      await expect(server.setRights(room, 'nobody', seesOnly)).rejects.toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    });

    it('a token opens no room that the API has not made', async () => {
      const { server, join: enter } = current();
      const elsewhere = { room: 'never-made', identity: 'ana', rights: seesOnly, ttlSeconds: 60 };
      await expect(enter(await server.issueToken(elsewhere))).rejects.toBeDefined();
      expect(await server.listRooms()).not.toContain('never-made');
    });
  });

  describe('a token', () => {
    const about = { identity: 'ana', rights: seesOnly, ttlSeconds: 60 };

    it('says for whom it opens which room', async () => {
      const { server } = current();
      expect(await server.verifyToken(await server.issueToken({ ...about, room }))).toEqual({ room, identity: 'ana' });
    });

    it('is none when anything of it was changed, when it is not signed, and when it has run out', async () => {
      const { server } = current();
      const [head = '', , signature = ''] = (await server.issueToken({ ...about, room })).split('.');
      const other = (await server.issueToken({ ...about, room, identity: 'ben' })).split('.')[1] ?? '';
      const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
      const old = await server.issueToken({ ...about, room, ttlSeconds: -120 });
      for (const token of [`${head}.${other}.${signature}`, `${unsigned}.${other}.`, 'no token', '', old])
        expect([token, await server.verifyToken(token)]).toEqual([token, null]);
    });
  });

  describe('rights', () => {
    it('are at first what the token says', async () => {
      await join('ana', { subscribe: true, publish: ['microphone'], data: false });
      expect(await current().server.readRights(room, 'ana')).toEqual({
        subscribe: true,
        publish: ['microphone'],
        data: false,
      });
    });

    const given: readonly MediaRights[] = [
      noMediaRights,
      seesOnly,
      { subscribe: true, publish: ['screenShare'], data: false },
      { subscribe: false, publish: ['microphone', 'camera'], data: true },
      { subscribe: true, publish: [...mediaSources], data: true },
    ];
    it('are afterwards exactly what was set, whatever they were', async () => {
      const { server } = current();
      await join('ana', seesOnly);
      for (const rights of [...given, ...given.toReversed()]) {
        await server.setRights(room, 'ana', rights);
        expect(await server.readRights(room, 'ana')).toEqual(rights);
      }
    });

    it('let what they name be sent', async () => {
      const { server } = current();
      const ana = await join('ana', seesOnly);
      const rights: MediaRights = { ...seesOnly, publish: ['screenShare'] };
      await server.setRights(room, 'ana', rights);
      const sid = await ana.publish('screenShare');
      const track = { sid, kind: 'video', source: 'screenShare', muted: false };
      await expectSoon(async () =>
        expect(await server.participants(room)).toEqual([{ identity: 'ana', rights, tracks: [track] }]),
      );
    });

    it('let nothing else be sent: no other source, and none at all when none is named', async () => {
      const { server } = current();
      const ana = await join('ana', { ...seesOnly, publish: ['screenShare'] });
      const ben = await join('ben', { ...seesOnly, publish: ['camera'] });
      await server.setRights(room, 'ben', seesOnly);
      // Whoever tries waits for an answer that does not come: both at once.
      const tried = await Promise.allSettled([ana.publish('camera'), ben.publish('camera')]);
      expect(tried.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect((await server.participants(room)).flatMap(({ tracks }) => tracks)).toEqual([]);
    });

    it('end what is being sent when they are taken away', async () => {
      const { server } = current();
      const ana = await join('ana', { ...seesOnly, publish: ['screenShare', 'camera'] });
      await ana.publish('screenShare');
      const camera = await ana.publish('camera');
      await server.setRights(room, 'ana', { ...seesOnly, publish: ['camera'] });
      await expectSoon(async () => {
        const [participant] = await server.participants(room);
        expect(participant?.tracks.map(({ sid }) => sid)).toEqual([camera]);
      });
      await server.setRights(room, 'ana', seesOnly);
      await expectSoon(async () => expect((await server.participants(room))[0]?.tracks).toEqual([]));
    });

    it('of one are not those of another', async () => {
      const { server } = current();
      await join('ana', seesOnly);
      await join('ben', seesOnly);
      await server.setRights(room, 'ana', { ...seesOnly, data: true });
      expect(await server.readRights(room, 'ben')).toEqual(seesOnly);
    });
  });

  it('whoever is removed is gone', async () => {
    const { server } = current();
    await join('ana', seesOnly);
    await server.removeParticipant(room, 'ana');
    await expectSoon(async () => expect(await server.readRights(room, 'ana')).toBeNull());
    expect(await server.participants(room)).toEqual([]);
  });

  it('a webhook that the server has not signed is none', async () => {
    const { server } = current();
    expect(await server.verifyWebhook('{"event":"room_started"}', undefined)).toBeNull();
    expect(await server.verifyWebhook('{"event":"room_started"}', 'a forged one')).toBeNull();
    const token = await server.issueToken({ room, identity: 'ana', rights: seesOnly, ttlSeconds: 60 });
    expect(await server.verifyWebhook('{"event":"room_started"}', token)).toBeNull();
  });
}

/** Tries again until it holds, for at most ten seconds. */
export async function expectSoon(holds: () => Promise<void>): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until; await new Promise((again) => setTimeout(again, 20)))
    if (
      await holds().then(
        () => true,
        () => false,
      )
    )
      return;
  await holds();
}
