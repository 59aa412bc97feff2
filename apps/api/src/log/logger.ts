import { refusalCodes } from '@deskside/domain';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { RepeatedLines } from './repeated-lines';
import type { Line } from './repeated-lines';

type Facts = Readonly<Record<string, string | number | boolean>>;

/**
 * Structured log lines. Personal data never goes in: no names, addresses, texts, tokens or request bodies; an error gives
 * its name, message and stack, and messages of ours hold none either.
 */
export class Log {
  readonly #pino: Logger;
  readonly #repeated = new RepeatedLines(({ level, message, facts }, more) =>
    this.#pino[level]({ ...facts, more }, `${message} (${more.toLocaleString('en')} more times in a minute)`),
  );

  /** @param to standard output unless something else is given */
  constructor(level: 'debug' | 'info' | 'warn' | 'error' | 'silent', to?: DestinationStream) {
    this.#pino = to === undefined ? pino({ level, base: null }) : pino({ level, base: null }, to);
  }

  info(message: string, facts: Facts = {}): void {
    this.#write({ level: 'info', message, facts });
  }

  warn(message: string, facts: Facts = {}): void {
    this.#write({ level: 'warn', message, facts });
  }

  error(message: string, error: unknown): void {
    const { name, message: reason, stack } = error instanceof Error ? error : new Error(String(error));
    const told = { name, reason };
    this.#write(
      { level: 'error', message, facts: { error: told } },
      isExpected(error) ? {} : { error: { ...told, stack } },
    );
  }

  /** @param more stands in the lines that are written, not in what is said of those that are not */
  #write(line: Line, more: object = {}): void {
    if (this.#repeated.take(line, JSON.stringify(line.facts)))
      this.#pino[line.level]({ ...line.facts, ...more }, line.message);
  }
}

/** A refusal that has a code (a log that cannot be reached, a full disk) comes from no line of ours. */
function isExpected(error: unknown): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return (refusalCodes as readonly unknown[]).includes(code);
}
