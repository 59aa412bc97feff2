import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { Desktop } from './desktop';
import { ConsoleErrors } from './console-errors';

export interface BrowserOptions {
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** A microphone that beeps once a second, allowed to every page. */
  readonly microphone?: boolean;
  /** A desktop of one's own, to share: the browser has windows on it, and its picker answers by itself. */
  readonly desktop?: boolean;
  /** Further switches of Chromium. */
  readonly switches?: readonly string[];
  /** For a site with a certificate of its own. */
  readonly ignoreHTTPSErrors?: boolean;
}

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const microphone = '--use-fake-device-for-media-stream';
const wide = { width: 1280, height: 800 };
const open = new Set<Person>();

/** One person's browser: a process and a profile of its own. */
export class Person {
  readonly name: string;
  readonly consoleErrors: ConsoleErrors;
  readonly #profile: string;
  readonly #options: BrowserOptions;
  #context: BrowserContext | undefined;
  #page: Page | undefined;
  #desktop: Desktop | undefined;

  constructor(name: string, profile: string, options: BrowserOptions) {
    this.name = name;
    this.consoleErrors = new ConsoleErrors(name);
    this.#profile = profile;
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#page !== undefined && !this.#page.isClosed();
  }

  /** The tab in front. */
  get page(): Page {
    if (this.#page === undefined) throw new Error(`The browser of ${this.name} is closed.`);
    return this.#page;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** Opens the browser, or opens it again with the cookies that it had. */
  async openBrowser(): Promise<void> {
    const { TEST_BROWSER: executablePath } = process.env;
    const { microphone: hasMicrophone, desktop, switches = [], ...options } = this.#options;
    if (desktop) this.#desktop ??= new Desktop();
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      ...(executablePath === undefined ? {} : { executablePath }),
      viewport: wide,
      locale: 'en-GB',
      reducedMotion: 'reduce',
      ...(hasMicrophone ? { permissions: ['microphone'] } : {}),
      ...this.#desktop?.forBrowser,
      ...options,
      args: [...flags, ...(hasMicrophone ? [microphone] : []), ...(this.#desktop?.switches ?? []), ...switches],
    });
    this.#context.setDefaultTimeout(20_000);
    this.#context.on('page', (page) => this.consoleErrors.listenTo(page));
    const page = this.#context.pages()[0] ?? (await this.#context.newPage());
    this.consoleErrors.listenTo(page);
    this.#page = page;
  }

  /** What stands on this person's screen, besides the browser. */
  get desktop(): Desktop {
    if (this.#desktop === undefined) throw new Error(`${this.name} has no desktop to share.`);
    return this.#desktop;
  }

  /** Opens another tab and puts it in front. */
  async newTab(): Promise<Page> {
    this.#page = await this.context.newPage();
    return this.#page;
  }

  /** Closes the whole browser; its profile stays, so that `openBrowser` comes back as the same person. */
  async closeBrowser(): Promise<void> {
    this.#page = undefined;
    await this.#context?.close();
    this.#context = undefined;
  }

  /** Closes the browser and forgets the profile. */
  async remove(): Promise<void> {
    await this.closeBrowser();
    await this.#desktop?.close();
    await rm(this.#profile, { recursive: true, force: true });
    open.delete(this);
  }
}

/** A browser for one person, with an empty page in front; it closes with the test file. */
export async function openBrowser(name: string, options: BrowserOptions = {}): Promise<Person> {
  const person = new Person(name, await mkdtemp(join(tmpdir(), 'deskside-person-')), options);
  open.add(person);
  await person.openBrowser();
  return person;
}

/** The tab in front of everybody whose browser is open, by name. */
export function openPages(): readonly (readonly [string, Page])[] {
  return [...open].filter((person) => person.isOpen).map((person) => [person.name, person.page] as const);
}

/** Errors that a page wrote since the last call and that no test expected. */
export function takeUnexpectedConsoleErrors(): string[] {
  return [...open].flatMap((person) => person.consoleErrors.takeUnexpected());
}

export async function closeAllBrowsers(): Promise<void> {
  await Promise.all([...open].map((person) => person.remove()));
}
