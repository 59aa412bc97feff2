import { pino } from 'pino';
import type { Logger } from 'pino';

/**
 * Structured log lines. Personal data never goes in: no names, addresses, texts, tokens or request bodies; an error gives
 * its name, message and stack, and messages of ours hold none either.
 */
export class Log {
  readonly #pino: Logger;

  constructor(level: 'debug' | 'info' | 'warn' | 'error' | 'silent') {
    this.#pino = pino({ level, base: null });
  }

  info(message: string, facts: Readonly<Record<string, string | number | boolean>> = {}): void {
    this.#pino.info(facts, message);
  }

  warn(message: string, facts: Readonly<Record<string, string | number | boolean>> = {}): void {
    this.#pino.warn(facts, message);
  }

  error(message: string, error: unknown): void {
    const { name, message: reason, stack } = error instanceof Error ? error : new Error(String(error));
    this.#pino.error({ error: { name, reason, stack } }, message);
  }
}
