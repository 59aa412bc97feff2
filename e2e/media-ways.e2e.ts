import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { LiveKitServer } from '@deskside/media/server';
import { startDeskside } from './support/deskside';
import type { Deskside } from './support/deskside';

const client = createRequire(import.meta.url).resolve('livekit-client');
const flags = ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
/** As behind a firewall that lets no UDP through. */
const withoutUdp = '--webrtc-ip-handling-policy=disable_non_proxied_udp';

/** How a picture went from one browser to the other. */
interface Way {
  readonly protocol: string;
  readonly port: number;
  readonly iceServers: readonly string[];
}

/** What the script in the page needs of livekit-client and of the browser. */
interface PageWorld {
  LivekitClient: { Room: new () => PageRoom };
  room: PageRoom;
  firstPicture: Promise<void>;
}
interface PageRoom {
  connect(url: string, token: string): Promise<void>;
  on(event: string, heard: (track: { attach(video: HTMLVideoElement): void }) => void): void;
  localParticipant: { setCameraEnabled(on: boolean): Promise<unknown> };
  engine: { pcManager: { publisher: { _pc: RTCPeerConnection } } };
}

const browsers: Browser[] = [];
let deskside: Deskside;
let server: LiveKitServer;
let mediaPort: number;
let signallingPort: number;

beforeAll(async () => {
  deskside = await startDeskside({ DESKSIDE_MEDIA: 'auto', DESKSIDE_MEDIA_TCP: 'on' });
  const page = new URL('/media/rtc/validate', deskside.customerUrl);
  while ((await fetch(page)).status !== 401) await new Promise((again) => setTimeout(again, 100));
  const kept = (name: string): unknown => JSON.parse(readFileSync(join(deskside.dataDir, 'media', name), 'utf8'));
  const { signalling, media } = kept('ports.json') as { signalling: number; media: number };
  const keys = kept('keys.json') as { apiKey: string; apiSecret: string };
  server = new LiveKitServer(() => ({ url: `http://127.0.0.1:${signalling}`, ...keys }));
  [mediaPort, signallingPort] = [media, signalling];
}, 300_000);

afterAll(() => Promise.all(browsers.map((browser) => browser.close())));

/** A page of the site that has joined, with everything that it needs to see and to be seen. */
async function enter(identity: string, extra: readonly string[]): Promise<Page> {
  const { TEST_BROWSER: executablePath } = process.env;
  const named = executablePath === undefined ? {} : { executablePath };
  const browser = await chromium.launch({ ...named, args: [...flags, ...extra] });
  browsers.push(browser);
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.goto(new URL('/health/live', deskside.customerUrl).href);
  await page.addScriptTag({ path: client.replace(/[^/\\]+$/, 'livekit-client.umd.js') });
  const rights = { subscribe: true, publish: ['camera'], data: false } as const;
  const token = await server.issueToken({ room: 'room', identity, rights, ttlSeconds: 60 });
  // Past the site, whose door lets in nobody but participants of its sessions.
  const way = { door: `ws://127.0.0.1:${signallingPort}`, token };
  await page.evaluate(async (given) => {
    const world = globalThis as unknown as PageWorld;
    const room = new world.LivekitClient.Room();
    world.room = room;
    world.firstPicture = new Promise((seen) =>
      room.on('trackSubscribed', (track) => {
        const video = document.createElement('video');
        video.muted = true;
        track.attach(video);
        document.body.append(video);
        video.requestVideoFrameCallback(() => seen());
      }),
    );
    await room.connect(given.door, given.token);
  }, way);
  return page;
}

async function wayOf(sender: Page): Promise<Way> {
  return sender.evaluate(async () => {
    const { _pc: connection } = (globalThis as unknown as PageWorld).room.engine.pcManager.publisher;
    const stats = [...(await connection.getStats()).values()] as Record<string, unknown>[];
    const pair = stats.find((stat) => stat['type'] === 'candidate-pair' && stat['nominated']);
    const remote = stats.find((stat) => stat['id'] === pair?.['remoteCandidateId']);
    const iceServers = (connection.getConfiguration().iceServers ?? []).flatMap(({ urls }) => urls);
    return { protocol: String(remote?.['protocol']), port: Number(remote?.['port']), iceServers };
  });
}

async function pictureFrom(extra: readonly string[]): Promise<Way> {
  await server.ensureRoom('room');
  const receiver = await enter('ben', extra);
  const sender = await enter('ana', extra);
  await sender.evaluate(() => (globalThis as unknown as PageWorld).room.localParticipant.setCameraEnabled(true));
  await receiver.evaluate(() => (globalThis as unknown as PageWorld).firstPicture);
  const way = await wayOf(sender);
  await server.closeRoom('room');
  return way;
}

describe('A picture goes from one browser to another through the media server of the site', () => {
  it('over UDP, and no browser is told of a server elsewhere', async () => {
    const way = await pictureFrom([]);
    expect(way).toEqual({ protocol: 'udp', port: mediaPort, iceServers: ['stun:127.0.0.1:9'] });
  });

  it('over TCP where UDP is blocked', async () => {
    expect(await pictureFrom([withoutUdp])).toMatchObject({ protocol: 'tcp', port: mediaPort });
  });
});
