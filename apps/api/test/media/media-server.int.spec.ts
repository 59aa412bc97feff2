import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessToken } from 'livekit-server-sdk';
import type { MediaEvent, MediaPlant } from '@deskside/media/server';
import { endAllGuests, Guest, livekitBinary } from '@deskside/media/server/testing';
import { ApiProcess } from '../support/api-process';
import { ApiUnderTest, newFolder } from '../support/api-under-test';
import { ticketOf } from '../support/media-under-test';
import { SharedScreen } from '../support/shared-screen';
import { until } from '../support/until';

const media = { DESKSIDE_MEDIA: 'auto' };
const root = newFolder();

beforeAll(async () => void (await livekitBinary()), 600_000);
afterAll(async () => {
  await endAllGuests();
  rmSync(root, { recursive: true, force: true });
});

function ready(plant: MediaPlant): Promise<void> {
  return new Promise((settle) => {
    const look = (): void => void (plant.state.status === 'ready' && settle());
    plant.onChange(look);
    look();
  });
}

const kept = (dataDir: string, name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(dataDir, 'media', name), 'utf8')) as Record<string, unknown>;

/** A session whose customer shows her screen. */
async function sharedScreen(api: ApiUnderTest): Promise<SharedScreen> {
  const csr = await api.colleague(await api.firstAdministrator(), ['representative']);
  const session = await SharedScreen.begin(api, csr);
  await session.granted();
  return session;
}

describe('while the media server is made ready', () => {
  it('the API serves, says that media is not there yet, and has it later', async () => {
    const gate = join(root, 'gate');
    spawnSync('mkfifo', [gate]);
    const slow = join(root, 'slow-livekit');
    const waits = `[ "$1" = "--version" ] || read go < ${gate}`;
    writeFileSync(slow, `#!/bin/sh\n${waits}\nexec ${await livekitBinary()} "$@"\n`, { mode: 0o755 });
    const api = await ApiUnderTest.start({ settings: { ...media, DESKSIDE_LIVEKIT_BINARY: slow } });
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    expect(api.node.media.state.status).toBe('preparing');
    expect((await fetch(`${api.url}/media/rtc/validate`)).status).toBe(503);
    await expect(api.node.media.server.ensureRoom('room')).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    // It opens once somebody reads there, who may not have been started yet: this process must not stand still meanwhile.
    await writeFile(gate, 'go\n');
    await ready(api.node.media);
    await api.node.media.server.ensureRoom('room');
    await api.close();
  });
});

describe('with a media server of its own', () => {
  it('the API carries people in under its own address, hears of them, and leads to nothing else', async () => {
    const api = await ApiUnderTest.start({ settings: media });
    const plant = api.node.media;
    await ready(plant);
    const joined = new Promise<MediaEvent>((heard) =>
      plant.onMediaEvent((event) => event.type === 'trackPublished' && heard(event)),
    );
    const { sessionId: room, ana } = await sharedScreen(api);
    const guest = await Guest.join(`${api.url}/media`, await ticketOf(ana));
    await until(
      'she may send',
      async () => (await plant.server.readRights(room, ana.participantId))?.publish[0] !== undefined,
    );
    const sid = await guest.publish('screenShare');
    const track = { sid, source: 'screenShare' };
    expect(await joined).toMatchObject({ room, identity: ana.participantId, track });
    const rooms = await fetch(`${api.url}/media/twirp/livekit.RoomService/ListRooms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(rooms.status).toBe(404);
    await guest.leave();
    await api.close();
  });

  it('a server that was killed has the same one again, and ends it when it ends cleanly', async () => {
    const dataDir = join(root, 'killed');
    const first = await ApiProcess.start({ dataDir, settings: media });
    await answersBelow(first.url);
    const { pid } = kept(dataDir, 'process.json');
    await first.kill();
    const second = await ApiProcess.start({ dataDir, settings: media });
    await answersBelow(second.url);
    expect(kept(dataDir, 'process.json')['pid']).toBe(pid);
    expect(await second.stop()).toBe(0);
    await expect(fetch(`http://127.0.0.1:${String(kept(dataDir, 'ports.json')['signalling'])}`)).rejects.toThrow();
    const said = `${first.output}${second.output}`;
    expect(said).not.toContain(String(kept(dataDir, 'keys.json')['apiSecret']));
  });
});

/** Settles once LiveKit asks for a token there. */
async function answersBelow(url: string): Promise<void> {
  const status = async (): Promise<number> => (await fetch(`${url}/media/rtc/validate`)).status;
  while ((await status()) !== 401) await new Promise((again) => setTimeout(again, 50));
}

describe('with a LiveKit that runs elsewhere', () => {
  const body = JSON.stringify({ id: 'EV_1', event: 'room_started', room: { name: 'room' } });
  let elsewhere: ApiUnderTest;
  let api: ApiUnderTest;
  let keys: { apiKey: string; apiSecret: string };

  beforeAll(async () => {
    elsewhere = await ApiUnderTest.start({ settings: media });
    await ready(elsewhere.node.media);
    keys = kept(elsewhere.dataDir, 'keys.json') as typeof keys;
    const { state } = elsewhere.node.media;
    api = await ApiUnderTest.start({
      settings: {
        ...media,
        DESKSIDE_LIVEKIT_URL: state.status === 'ready' ? state.url.replace('http', 'ws') : '',
        DESKSIDE_LIVEKIT_API_KEY: keys.apiKey,
        DESKSIDE_LIVEKIT_API_SECRET: keys.apiSecret,
      },
    });
    await ready(api.node.media);
  });
  afterAll(async () => {
    await api.close();
    await elsewhere.close();
  });

  const tell = async (authorization: string, type = 'application/webhook+json'): Promise<number> => {
    const headers = { 'content-type': type, authorization };
    return (await fetch(`${api.url}/media/webhook`, { method: 'POST', headers, body })).status;
  };
  const sign = (secret: string): Promise<string> => {
    const token = new AccessToken(keys.apiKey, secret, { ttl: 60 });
    token.sha256 = createHash('sha256').update(body).digest('base64');
    return token.toJwt();
  };

  it('people come in through the API all the same', async () => {
    const { sessionId: room, ana } = await sharedScreen(api);
    const guest = await Guest.join(`${api.url}/media`, await ticketOf(ana));
    const present = await api.node.media.server.participants(room);
    expect(present.map(({ identity }) => identity)).toEqual([ana.participantId]);
    await guest.leave();
  });

  it('what it tells is taken when it is signed, once, and nothing else', async () => {
    const heard: string[] = [];
    api.node.media.onMediaEvent(({ id }) => heard.push(id));
    expect(await tell(await sign(keys.apiSecret))).toBe(204);
    expect(await tell(await sign(keys.apiSecret))).toBe(204);
    expect(await tell(await sign('x'.repeat(48)))).toBe(401);
    expect(await tell('')).toBe(401);
    expect(await tell(await sign(keys.apiSecret), 'application/json')).toBe(415);
    expect(heard).toEqual(['EV_1']);
  });
});

it('a site without media serves, and says that there is none', async () => {
  const api = await ApiUnderTest.start();
  expect(api.node.media.state).toEqual({ status: 'off' });
  expect((await fetch(`${api.url}/media/rtc/validate`)).status).toBe(503);
  const headers = { 'content-type': 'application/webhook+json' };
  expect((await fetch(`${api.url}/media/webhook`, { method: 'POST', headers, body: '{}' })).status).toBe(503);
  await api.close();
});
