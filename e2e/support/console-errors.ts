import type { Page } from 'playwright-core';

/** What the pages of one person complain about: uncaught errors, console.error and failed requests. */
export class ConsoleErrors {
  readonly #person: string;
  readonly #expected: RegExp[] = [];
  readonly #heard = new WeakSet<Page>();
  #errors: string[] = [];

  constructor(person: string) {
    this.#person = person;
  }

  /** From now on such an error is part of the test, such as a lost connection after the server was killed. */
  expect(...patterns: readonly RegExp[]): void {
    this.#expected.push(...patterns);
  }

  listenTo(page: Page): void {
    if (this.#heard.has(page)) return;
    this.#heard.add(page);
    page.on('pageerror', (error) => this.#add(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#add(`${message.text()} (${message.location().url})`);
    });
  }

  takeUnexpected(): string[] {
    const errors = this.#errors;
    this.#errors = [];
    return errors;
  }

  #add(error: string): void {
    if (!this.#expected.some((pattern) => pattern.test(error))) this.#errors.push(`${this.#person}: ${error}`);
  }
}

/** The words of a browser whose server is gone for a moment. */
export const lostConnection: readonly RegExp[] = [
  /net::ERR_CONNECTION_(REFUSED|RESET)/,
  /net::ERR_EMPTY_RESPONSE/,
  /WebSocket/,
];
