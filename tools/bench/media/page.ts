import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { rolldown } from 'rolldown';

interface Picture {
  readonly paintedAt: number;
  readonly seenAt: number;
}

interface Globals {
  readonly bench: {
    readonly chosenAt: number;
    forget(): void;
    pictures(): readonly Picture[];
    firstSeen(since: number): number;
    sending(): string;
  };
  readonly bare: {
    readonly goneAt: number;
    join(url: string, token: string): Promise<void>;
    show(): Promise<void>;
    stop(): Promise<void>;
    forget(): void;
  };
}

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** The browser that TEST_BROWSER names, or Playwright's. */
export function launchBrowser(): Promise<Browser> {
  const { TEST_BROWSER: executablePath } = process.env;
  return chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: flags });
}

/** Pages for tests and benchmarks are parts of the browser library; they are bundled, not imported. */
const testingPages = join(import.meta.dirname, '../../../libs/media/browser/src/testing');

async function bundle(entry: string): Promise<string> {
  const build = await rolldown({ input: join(testingPages, entry), platform: 'browser' });
  const { output } = await build.generate({ format: 'iife' });
  await build.close();
  return output[0].code;
}

const scripts = new Map<string, Promise<string>>();

function script(entry: string): Promise<string> {
  const known = scripts.get(entry) ?? bundle(entry);
  scripts.set(entry, known);
  return known;
}

/** A page in a browser process of its own, with the bench's scripts before those of whatever is opened in it. */
export class BenchBrowser {
  readonly #browser: Browser;
  readonly page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  /** @param entry which of the browser library's bench pages is put into it */
  static async open(entry: 'bench-screen.ts' | 'bench-bare.ts'): Promise<BenchBrowser> {
    const content = await script(entry);
    const browser = await launchBrowser();
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
    await context.addInitScript({ content });
    return new BenchBrowser(browser, await context.newPage());
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** Opens an empty page under that origin, without asking it. */
  async openEmpty(origin: string): Promise<void> {
    const address = `${origin}/bench-page`;
    // A page that came from nowhere may not talk to this machine otherwise.
    await this.page.context().grantPermissions(['local-network-access'], { origin });
    await this.page.route(address, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Bench</title><body>' }),
    );
    await this.page.goto(address);
  }

  forget = (): Promise<void> => this.page.evaluate(() => (globalThis as unknown as Globals).bench.forget());
  pictures = (): Promise<readonly Picture[]> =>
    this.page.evaluate(() => (globalThis as unknown as Globals).bench.pictures());
  chosenAt = (): Promise<number> => this.page.evaluate(() => (globalThis as unknown as Globals).bench.chosenAt);
  firstSeen = (since: number): Promise<number> =>
    this.page.evaluate((from) => (globalThis as unknown as Globals).bench.firstSeen(from), since);
  sending = (): Promise<string> => this.page.evaluate(() => (globalThis as unknown as Globals).bench.sending());
  join = (url: string, token: string): Promise<void> =>
    this.page.evaluate(([to, by]) => (globalThis as unknown as Globals).bare.join(to, by), [url, token] as const);
  show = (): Promise<void> => this.page.evaluate(() => (globalThis as unknown as Globals).bare.show());
  stop = (): Promise<void> => this.page.evaluate(() => (globalThis as unknown as Globals).bare.stop());
  /** When the other's track went away; 0 while it is there. */
  goneAt = (): Promise<number> => this.page.evaluate(() => (globalThis as unknown as Globals).bare.goneAt);
  forgetGone = (): Promise<void> => this.page.evaluate(() => (globalThis as unknown as Globals).bare.forget());
}
