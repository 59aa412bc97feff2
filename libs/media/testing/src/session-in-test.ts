import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { MediaRights } from '@deskside/media';
import { noMediaRights, sameMediaRights } from '@deskside/media';
import { MediaPlant, OwnLiveKit, provideLiveKit, userCacheDir } from '@deskside/media/server';
import type { Picks } from './media-browser';
import { launchMediaBrowser } from './media-browser';
import { SignallingProxy } from './signalling-proxy';
import type { TestPage } from './test-page';
import { serveTestPage } from './test-page';
import { until } from './until';

const room = 'session-in-test';
const wide = { width: 1280, height: 800 };

/** The program that the tests run: named by LIVEKIT_SERVER, or found or made as the product does. */
async function livekitBinary(): Promise<string> {
  const { LIVEKIT_SERVER: named } = process.env;
  if (named !== undefined) return named;
  const { signal } = new AbortController();
  const search = { searchPath: process.env['PATH'] ?? '', cacheDir: userCacheDir(), progress: () => undefined, signal };
  return (await provideLiveKit(search)).binary;
}

/**
 * A support session without Deskside: a media server, and what the API does for one room of it. Tokens carry no right to
 * send; a person's rights are raised after each of his joins.
 */
export class SessionInTest {
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'deskside-media-test-'));
  readonly #own = new OwnLiveKit({
    dataDir: this.#dataDir,
    address: { ip: '127.0.0.1', onlyThisMachine: true },
    mediaPort: null,
    provide: livekitBinary,
  });
  readonly #plant = new MediaPlant(this.#own);
  readonly #rights = new Map<string, MediaRights>();
  readonly #browsers = new Map<Picks, Browser>();
  readonly #contexts: BrowserContext[] = [];
  readonly #tokens = new Map<string, number>();
  #signalling: SignallingProxy | undefined;
  #page: TestPage | undefined;

  static async begin(entry?: string): Promise<SessionInTest> {
    const session = new SessionInTest();
    session.#plant.onMediaEvent(({ type, identity }) => {
      if (type === 'participantJoined' && identity !== null) void session.#raise(identity);
    });
    session.#plant.start();
    session.#page = await serveTestPage(entry);
    await session.isServing();
    return session;
  }

  /** Settles when the media server is there and the room in it: after a crash both are made again. */
  async isServing(): Promise<void> {
    await until('the media server is ready', () => this.#plant.state.status === 'ready', 300_000);
    const { state } = this.#plant;
    if (state.status !== 'ready') throw new Error('The media server is gone again.');
    await this.#plant.server.ensureRoom(room);
    this.#signalling ??= await SignallingProxy.to(Number(new URL(state.url).port));
  }

  async end(): Promise<void> {
    await Promise.all([...this.#browsers.values()].map((browser) => browser.close()));
    await this.#page?.close();
    await this.#signalling?.close();
    await this.#plant.close();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** The person's own browser profile, with the test page in front; his rights are given at each join. */
  async arrive(
    identity: string,
    rights: Partial<MediaRights> = {},
    { picks = 'nothing' as Picks } = {},
  ): Promise<Page> {
    this.promise(identity, rights);
    const browser = this.#browsers.get(picks) ?? (await launchMediaBrowser(picks));
    this.#browsers.set(picks, browser);
    const context = await browser.newContext({
      permissions: ['microphone'],
      viewport: picks === 'desktop' ? null : wide,
    });
    this.#contexts.push(context);
    await context.exposeFunction('access', () => this.#access(identity));
    return this.anotherWindow(context);
  }

  /** Closes every browser profile, so that the next test begins with an empty room. */
  async everybodyLeaves(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    await until('the room is empty', async () => (await this.#plant.server.participants(room)).length === 0);
    this.#rights.clear();
    this.#tokens.clear();
  }

  async anotherWindow(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.goto(this.#page?.url ?? '');
    await page.waitForFunction(() => 'mediaPage' in globalThis);
    return page;
  }

  /** What the API does after a consent and after a revoke. */
  async give(identity: string, rights: Partial<MediaRights>): Promise<void> {
    this.promise(identity, rights);
    await this.#raise(identity);
  }

  /** From now on the API has an answer for him, which takes effect at the next join only. */
  promise(identity: string, rights: Partial<MediaRights>): void {
    this.#rights.set(identity, { ...noMediaRights, subscribe: true, ...rights });
  }

  /** How many tokens he has asked for. */
  tokensOf(identity: string): number {
    return this.#tokens.get(identity) ?? 0;
  }

  /** The media server dies as by a crash; the product starts it again by itself. */
  async killLiveKit(): Promise<void> {
    const { pid } = this.#own;
    if (pid === null) throw new Error('No media server runs.');
    process.kill(pid, 'SIGKILL');
    await until('the death is noticed', () => this.#own.pid !== pid || this.#plant.state.status !== 'ready');
  }

  /** The API is away: nothing is signalled, and picture and sound travel on. */
  cutSignalling(): void {
    this.#signalling?.cut();
  }

  mendSignalling(): void {
    this.#signalling?.mend();
  }

  async #access(identity: string): Promise<{ url: string; token: string; identity: string }> {
    this.#tokens.set(identity, this.tokensOf(identity) + 1);
    const least = { ...noMediaRights, subscribe: true };
    const token = await this.#plant.server.issueToken({ room, identity, rights: least, ttlSeconds: 90 });
    return { url: `ws://localhost:${this.#signalling?.port}`, token, identity };
  }

  async #raise(identity: string): Promise<void> {
    const rights = this.#rights.get(identity) ?? noMediaRights;
    await this.#plant.server.setRights(room, identity, rights).catch(() => undefined);
    const now = await this.#plant.server.readRights(room, identity).catch(() => null);
    if (now !== null && !sameMediaRights(now, rights)) throw new Error(`The rights of ${identity} did not arrive.`);
  }
}
