import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfiguredLiveKit } from './configured-livekit';
import { expectSoon } from './contract/media-server-contract';
import { MediaPlant } from './media-plant';
import type { MediaEvent } from './media-server';
import { mediaFolder } from './process/media-folder';
import type { MediaKeys } from './process/media-keys';
import { newFolder, PlantUnderTest, removeFolder } from './testing/plant-under-test';

const dataDir = newFolder();
let started: PlantUnderTest;
let url: string;
let keys: MediaKeys;
let webhookUrl: string;

beforeAll(async () => {
  started = PlantUnderTest.start({ dataDir });
  url = await started.ready();
  const files = mediaFolder(dataDir);
  keys = JSON.parse(readFileSync(files.keys, 'utf8')) as MediaKeys;
  webhookUrl = `http://127.0.0.1:${(JSON.parse(readFileSync(files.ports, 'utf8')) as { webhook: number }).webhook}/`;
}, 600_000);

afterAll(async () => {
  await started.plant.close();
  removeFolder(dataDir);
});

/** Signed as LiveKit signs: a token that names the checksum of the body. */
async function signed(body: string, { apiKey, apiSecret }: MediaKeys): Promise<string> {
  const token = new AccessToken(apiKey, apiSecret, { ttl: 60 });
  token.sha256 = createHash('sha256').update(body).digest('base64');
  return token.toJwt();
}

async function tell(body: string, authorization?: string): Promise<number> {
  const headers = { 'content-type': 'application/webhook+json', ...(authorization && { authorization }) };
  return (await fetch(webhookUrl, { method: 'POST', headers, body })).status;
}

const joined = (id: string): string =>
  JSON.stringify({ id, event: 'participant_joined', room: { name: 'room' }, participant: { identity: 'ana' } });

describe('what the media server tells', () => {
  const heard: MediaEvent[] = [];
  let end: () => void;
  beforeAll(() => {
    end = started.plant.onMediaEvent((event) => heard.push(event));
  });
  afterAll(() => end());

  it('is heard once, however often it comes', async () => {
    const body = joined('EV_1');
    expect(await tell(body, await signed(body, keys))).toBe(204);
    expect(await tell(body, await signed(body, keys))).toBe(204);
    expect(heard.filter(({ id }) => id === 'EV_1')).toEqual([
      { id: 'EV_1', type: 'participantJoined', room: 'room', identity: 'ana', track: null },
    ]);
  });

  it('is not heard when it is forged, for another body, or not signed', async () => {
    const body = joined('EV_2');
    const stranger = { apiKey: keys.apiKey, apiSecret: 'x'.repeat(48) };
    expect(await tell(body)).toBe(401);
    expect(await tell(body, await signed(body, stranger))).toBe(401);
    expect(await tell(body, await signed(joined('EV_3'), keys))).toBe(401);
    expect(await tell(body, 'Bearer nonsense')).toBe(401);
    expect(heard.filter(({ id }) => id === 'EV_2')).toEqual([]);
  });

  it('is not read without end', async () => {
    expect(await tell('x'.repeat(300 * 1024))).toBe(503);
  });

  it('is taken from fifty connections at most, whoever on this machine opens more', async () => {
    const { port } = new URL(webhookUrl);
    const sockets = Array.from({ length: 60 }, () => connect(Number(port), '127.0.0.1').on('error', () => undefined));
    const ended = sockets.map((socket) => new Promise((end) => socket.once('close', end)));
    // Those that are too many are closed at once; the others would wait for their time to be over.
    await Promise.race(ended);
    for (const socket of sockets) socket.destroy();
    await Promise.all(ended);
    await expectSoon(async () => expect(await tell('{}')).toBe(401));
  });
});

describe('a LiveKit that somebody else runs', () => {
  const plantFor = (connection: { url: string } & MediaKeys): MediaPlant => {
    const plant = new MediaPlant(new ConfiguredLiveKit(connection));
    plant.start();
    return plant;
  };
  const settled = (plant: MediaPlant): Promise<unknown> =>
    new Promise((settle) => {
      const look = (): void => void (plant.state.status !== 'preparing' && settle(plant.state));
      plant.onChange(look);
      look();
    });

  it('is ready when it answers, and is not ended with us', async () => {
    const plant = plantFor({ url, ...keys });
    expect(await settled(plant)).toEqual({ status: 'ready', url });
    await plant.server.ensureRoom('elsewhere');
    await plant.close();
    expect(plant.state).toEqual({ status: 'off' });
    expect(await started.plant.server.listRooms()).toContain('elsewhere');
  });

  it('says so when it does not know the key, or does not answer', async () => {
    const wrongKey = plantFor({ url, apiKey: keys.apiKey, apiSecret: 'x'.repeat(48) });
    expect(await settled(wrongKey)).toMatchObject({ status: 'failed', code: 'MEDIA_KEY_REFUSED' });
    const nobody = plantFor({ url: 'http://127.0.0.1:1', ...keys });
    expect(await settled(nobody)).toMatchObject({
      status: 'failed',
      code: 'MEDIA_UNREACHABLE',
      sentence: 'LiveKit at http://127.0.0.1:1 does not answer. Check DESKSIDE_LIVEKIT_URL.',
    });
    await Promise.all([wrongKey.close(), nobody.close()]);
  });
});

it('a site without media says that it is off, and every call is MEDIA_UNAVAILABLE', async () => {
  const plant = new MediaPlant(null);
  plant.start();
  expect(plant.state).toEqual({ status: 'off' });
  await expect(plant.server.listRooms()).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
  await plant.close();
});
