import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { AccessToken } from 'livekit-server-sdk';
import type { VideoGrant } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mediaServerContract } from '../contract/media-server-contract';
import { mediaFolder } from '../process/media-folder';
import type { MediaKeys } from '../process/media-keys';
import { Guest, endAllGuests } from '../testing/guest';
import { PlantUnderTest, newFolder, removeFolder } from '../testing/plant-under-test';
import { LiveKitServer } from './livekit-server';

const dataDir = newFolder();
let started: PlantUnderTest;
let url: string;

beforeAll(async () => {
  started = PlantUnderTest.start({ dataDir });
  url = await started.ready();
}, 600_000);

afterAll(async () => {
  await started.plant.close();
  await endAllGuests();
  removeFolder(dataDir);
});

describe('LiveKit', () => {
  mediaServerContract(() => ({ server: started.plant.server, join: (token) => Guest.join(url, token) }));

  it('with another key it refuses', async () => {
    const stranger = new LiveKitServer(() => ({ url, apiKey: 'somebody', apiSecret: 'x'.repeat(40) }));
    await expect(stranger.listRooms()).rejects.toMatchObject({ code: 'MEDIA_REFUSED' });
  });

  it('a token that lets nobody into a room, or that another key has signed, is none', async () => {
    const { server } = started.plant;
    const keys = JSON.parse(readFileSync(mediaFolder(dataDir).keys, 'utf8')) as MediaKeys;
    const signed = (apiSecret: string, grant: VideoGrant): Promise<string> => {
      const token = new AccessToken(keys.apiKey, apiSecret, { identity: 'ana', ttl: 60 });
      token.addGrant(grant);
      return token.toJwt();
    };
    const joins = { roomJoin: true, room: 'room' };
    expect(await server.verifyToken(await signed(keys.apiSecret, joins))).toEqual({ room: 'room', identity: 'ana' });
    expect(await server.verifyToken(await signed('x'.repeat(48), joins))).toBeNull();
    expect(await server.verifyToken(await signed(keys.apiSecret, { roomAdmin: true, room: 'room' }))).toBeNull();
    expect(await server.verifyToken(await signed(keys.apiSecret, { roomJoin: true }))).toBeNull();
  });

  it('whoever came unseen stays unseen when his rights change', async () => {
    const { server } = started.plant;
    await server.ensureRoom('watched');
    const rights = { subscribe: true, publish: [], data: false };
    const about = { room: 'watched', ttlSeconds: 60, rights };
    const watcher = await Guest.join(url, await server.issueToken({ ...about, identity: 'sue', hidden: true }));
    const watched = await Guest.join(url, await server.issueToken({ ...about, identity: 'ana' }));
    await server.setRights('watched', 'sue', { ...rights, subscribe: false });
    expect(await server.readRights('watched', 'sue')).toEqual({ ...rights, subscribe: false });
    expect([...watched.room.remoteParticipants.keys()]).toEqual([]);
    await Promise.all([watcher.leave(), watched.leave()]);
    await server.closeRoom('watched');
  });
});

describe('without LiveKit', () => {
  it('nothing that answers is MEDIA_UNAVAILABLE, in the time that a call may take', async () => {
    const silent = createServer();
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const { port } = silent.address() as AddressInfo;
    const connection = { url: `http://127.0.0.1:${port}`, apiKey: 'key', apiSecret: 'x'.repeat(40) };
    const server = new LiveKitServer(() => connection, { timeout: 200 });
    const begun = performance.now();
    await expect(server.listRooms()).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    await expect(server.setRights('room', 'ana', { subscribe: true, publish: [], data: false })).rejects.toMatchObject({
      code: 'MEDIA_UNAVAILABLE',
    });
    expect(performance.now() - begun).toBeLessThan(3000);
    silent.close();
  });

  it('before it is ready every call is MEDIA_UNAVAILABLE', async () => {
    const server = new LiveKitServer(() => null);
    const token = {
      room: 'room',
      identity: 'ana',
      rights: { subscribe: true, publish: [], data: false },
      ttlSeconds: 60,
    };
    await expect(server.ensureRoom('room')).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    await expect(server.issueToken(token)).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    await expect(server.verifyToken('token')).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    await expect(server.verifyWebhook('{}', 'signed')).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
  });
});
