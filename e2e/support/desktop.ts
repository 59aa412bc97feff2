import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';

const size = { width: 1280, height: 960 };
/** Height of the time code; the person's own windows stand below it. */
const band = 160;

const source = join(import.meta.dirname, '../../libs/media/browser/src/testing/time-code.ts');

/** The functions of time-code.ts as a script for any page. */
async function timeCodeScript(): Promise<string> {
  const code = stripTypeScriptTypes(await readFile(source, 'utf8')).replaceAll(/^export /gm, '');
  return `(() => { ${code}; globalThis.timeCode = { ageOf, paintTimeCode }; })()`;
}

const painting = `
  const canvas = document.querySelector('canvas');
  canvas.width = innerWidth;
  canvas.height = innerHeight;
  const context = canvas.getContext('2d', { alpha: false });
  const paint = () => {
    context.fillStyle = '#dde6f0';
    context.fillRect(0, 0, canvas.width, canvas.height);
    timeCode.paintTimeCode(context, canvas.width);
    requestAnimationFrame(paint);
  };
  paint();`;

/**
 * A person's own desktop; the display under it is made for all tests, so there is one at a time. Along its upper edge the
 * clock is painted as squares of black and white, so that whoever sees the desktop can tell by the pixels that it is this
 * one, and how old the picture is.
 */
export class Desktop {
  readonly forBrowser = { headless: false } as const;
  readonly switches = [`--window-position=0,${band}`, '--auto-select-desktop-capture-source=Entire screen'];
  #server: Server | undefined;
  #window: BrowserContext | undefined;
  #profile: string | undefined;

  async showTimeCode(): Promise<void> {
    const script = `${await timeCodeScript()};${painting}`;
    this.#server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><title>Time code</title><body style="margin:0"><canvas style="display:block"></canvas><script>${script}</script>`,
      );
    });
    await new Promise<void>((listening) => this.#server?.listen(0, '127.0.0.1', listening));
    const { port } = this.#server.address() as AddressInfo;
    const { TEST_BROWSER: executablePath } = process.env;
    this.#profile = await mkdtemp(join(tmpdir(), 'deskside-desktop-'));
    this.#window = await chromium.launchPersistentContext(this.#profile, {
      ...(executablePath === undefined ? {} : { executablePath }),
      ...this.forBrowser,
      viewport: null,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--kiosk',
        '--window-position=0,0',
        `--window-size=${size.width},${size.height}`,
      ],
    });
    const page = this.#window.pages()[0] ?? (await this.#window.newPage());
    await page.goto(`http://127.0.0.1:${port}/`);
  }

  async close(): Promise<void> {
    await this.#window?.close();
    this.#server?.close();
    if (this.#profile !== undefined) await rm(this.#profile, { recursive: true, force: true });
  }
}

/** Age of the picture in the page's first video, ms, read from its pixels; null while it shows no time code. */
export async function ageOfPicture(page: Page): Promise<number | null> {
  await page.evaluate(await timeCodeScript());
  return page.evaluate(() => {
    const video = document.querySelector('video');
    const { timeCode } = globalThis as unknown as {
      timeCode: { ageOf(of: HTMLVideoElement, now: number): number | null };
    };
    return video === null ? null : timeCode.ageOf(video, Date.now());
  });
}
