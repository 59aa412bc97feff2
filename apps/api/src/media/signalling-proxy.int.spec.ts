import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { WebSocket } from 'ws';
import type { MediaPlantState } from '@deskside/media/server';
import { endAllGuests, Guest, newFolder, PlantUnderTest, removeFolder } from '@deskside/media/server/testing';
import { EndpointSockets } from '../graphql/endpoint-sockets';
import { PublicUrl } from '../node/public-url';
import { signallingRoot, SignallingProxy } from './signalling-proxy';

const publicUrl = 'https://support.example.com';

/** What stands between a browser and LiveKit, on a free port. */
class Front {
  readonly proxy: SignallingProxy;
  readonly server: Server;

  constructor(readonly media: { readonly state: MediaPlantState }) {
    const app = express();
    this.server = createServer(app);
    this.proxy = new SignallingProxy(media, new PublicUrl(publicUrl));
    const sockets = new EndpointSockets();
    this.proxy.listen(sockets);
    app.use(signallingRoot, this.proxy.answer());
    sockets.listen(this.server);
  }

  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<unknown> {
    this.proxy.close();
    return new Promise((closed) => this.server.close(closed));
  }
}

/** @returns the status by which the upgrade was turned away, or 101 */
function upgradeStatus(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((settle) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
    socket.once('open', () => {
      settle(101);
      socket.terminate();
    });
    socket.once('unexpected-response', (_request, { statusCode }) => {
      settle(statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => settle(0));
  });
}

const dataDir = newFolder();
let media: PlantUnderTest;
let front: Front;
let url: string;
let token: string;

beforeAll(async () => {
  media = PlantUnderTest.start({ dataDir });
  await media.ready();
  front = new Front(media.plant);
  url = await front.listen();
  await media.plant.server.ensureRoom('room');
  const rights = { subscribe: true, publish: ['camera'], data: false } as const;
  token = await media.plant.server.issueToken({ room: 'room', identity: 'ana', rights, ttlSeconds: 60 });
}, 600_000);

afterAll(async () => {
  await front.close();
  await media.plant.close();
  await endAllGuests();
  removeFolder(dataDir);
});

describe('the signalling below /media', () => {
  it('carries a real participant who sends a picture', async () => {
    const guest = await Guest.join(`${url}${signallingRoot}`, token);
    const sid = await guest.publish('camera');
    expect(sid).toMatch(/^TR_/);
    expect((await media.plant.server.participants('room')).map(({ identity }) => identity)).toEqual(['ana']);
    await guest.leave();
  });

  it.each(['/media/rtc', '/media/rtc/v1'])('opens %s, which asks for a token', async (path) => {
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
    for (const path of ['/media/rtc/validate', '/media/rtc/v1/validate']) {
      expect((await fetch(`${url}${path}`)).status).toBe(401);
      expect((await fetch(`${url}${path}`, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    }
    const valid = await fetch(`${url}/media/rtc/validate?access_token=${token}`);
    expect([valid.status, await valid.text()]).toEqual([200, 'success']);
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
});

describe('while there is no media server', () => {
  it.each<MediaPlantState>([
    { status: 'off' },
    { status: 'preparing', step: 'building', fraction: 0.5 },
    { status: 'failed', code: 'MEDIA_NOT_PROVIDED', sentence: 'There is none.' },
  ])('it says so: $status', async (state) => {
    const without = new Front({ state });
    const address = await without.listen();
    expect(await upgradeStatus(`${address}/media/rtc?access_token=${token}`)).toBe(503);
    expect((await fetch(`${address}/media/rtc/validate`)).status).toBe(503);
    await without.close();
  });

  it('one that has just died closes the connection and does no harm', async () => {
    const gone = new Front({ state: { status: 'ready', url: 'http://127.0.0.1:1' } });
    const address = await gone.listen();
    expect(await upgradeStatus(`${address}/media/rtc`)).toBe(0);
    expect((await fetch(`${address}/media/rtc/validate`)).status).toBe(502);
    await gone.close();
  });
});

it('ends what is open when the server closes', async () => {
  const closing = new Front(media.plant);
  const address = await closing.listen();
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/media/rtc?access_token=${token}`);
  await new Promise((open) => socket.once('open', open));
  const closed = new Promise((settle) => socket.once('close', settle));
  await closing.close();
  await closed;
});
