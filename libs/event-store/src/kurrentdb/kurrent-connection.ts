import { setTimeout as pause } from 'node:timers/promises';
import type * as ClientPackage from '@kurrent/kurrentdb-client';
import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { LogTrouble } from '../event-store';
import { LogUnavailable } from '../event-store';
import type { LogAddress } from './log-address';
import { readLogAddress } from './log-address';
import { namedTrouble, wayTrouble } from './log-trouble';

type Package = typeof ClientPackage;

export interface ConnectionLimits {
  /** One try of an append, ms. */
  readonly appendMs: number;
  /** One try of a read, ms; the first one also waits for the package's own reader, half a second. */
  readonly readMs: number;
  /** All tries of one call together, ms. */
  readonly callMs: number;
  /** Longest pause between two tries, ms. */
  readonly longestPauseMs: number;
}

const STANDARD_LIMITS: ConnectionLimits = { appendMs: 5_000, readMs: 5_000, callMs: 10_000, longestPauseMs: 5_000 };
const FIRST_PAUSE_MS = 50;

export interface ConnectionOptions {
  /** `kurrentdb://user:password@host:2113?tls=true`, as the package takes it; `esdb://` is the older name. */
  readonly connectionString: string;
  readonly limits?: Partial<ConnectionLimits>;
}

/** What one connection is for. The package's reader mends itself and begins slowly; what appends may keep a dead stream. */
export type Purpose = 'append' | 'read' | 'follow';

/** After so many calls in a row without an answer a client is thought to be broken, and thrown away. */
const FAILURES_BORNE: Readonly<Record<Purpose, number>> = { append: 1, read: 10, follow: 5 };

/**
 * The way to the server for one purpose: one client of the package at a time. Every call races a timer of ours, since a
 * call on a connection that is cut off silently may never settle.
 */
export class KurrentConnection {
  readonly address: LogAddress;
  readonly limits: ConnectionLimits;
  readonly #package: Package;
  readonly #connectionString: string;
  readonly #purpose: Purpose;
  #failures = 0;
  #client: KurrentDBClient | undefined;
  #trouble: LogTrouble | null = null;
  #closed = new AbortController();

  private constructor(
    loaded: Package,
    { connectionString, limits }: ConnectionOptions,
    address: LogAddress,
    purpose: Purpose,
  ) {
    this.#package = loaded;
    this.#connectionString = connectionString;
    this.#purpose = purpose;
    this.address = address;
    this.limits = { ...STANDARD_LIMITS, ...limits };
  }

  /** Loads the package; connects to nobody yet. @throws when the text is no connection string. */
  static async open(options: ConnectionOptions, purpose: Purpose): Promise<KurrentConnection> {
    const address = readLogAddress(options.connectionString);
    // The package's own error would repeat the string, and with it the password.
    if (address === null) throw new Error('The address of the event log is no connection string of KurrentDB.');
    const loaded = await import('@kurrent/kurrentdb-client');
    return new KurrentConnection(loaded, options, address, purpose);
  }

  get package(): Package {
    return this.#package;
  }

  /** What the last call met; null once one was answered. */
  get trouble(): LogTrouble | null {
    return this.#trouble;
  }

  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  get client(): KurrentDBClient {
    return (this.#client ??= this.#package.KurrentDBClient.connectionString(this.#connectionString));
  }

  /** The server answered: whatever stood against it is over. */
  answered(): void {
    this.#failures = 0;
    this.#trouble = null;
  }

  /** No answer came over this client; after too many of that it is thrown away, unless somebody has done so already. */
  unanswered(client: KurrentDBClient): void {
    this.#failures += 1;
    if (this.#client !== client || this.#failures < FAILURES_BORNE[this.#purpose]) return;
    this.#failures = 0;
    this.#client = undefined;
    void client.dispose().catch(() => undefined);
  }

  /** One try within the limit of one try; whatever fails counts as no answer unless `isAnswer` knows the error. */
  async once<T>(work: (client: KurrentDBClient) => Promise<T>, isAnswer: (error: unknown) => boolean): Promise<T> {
    const { client } = this;
    try {
      const { appendMs, readMs } = this.limits;
      const result = await within(this.#purpose === 'append' ? appendMs : readMs, () => work(client));
      this.answered();
      return result;
    } catch (error) {
      if (isAnswer(error)) this.answered();
      else this.unanswered(client);
      throw error;
    }
  }

  /** Tries until there is an answer. @throws LogUnavailable with the reason when the limit of the call has passed. */
  async call<T>(work: (client: KurrentDBClient) => Promise<T>, isAnswer: (error: unknown) => boolean): Promise<T> {
    const end = performance.now() + this.limits.callMs;
    for (let failures = 1; ; failures++) {
      try {
        return await this.once(work, isAnswer);
      } catch (error) {
        if (isAnswer(error)) throw error;
        const named = namedTrouble(error, this.address);
        if (named !== null || performance.now() > end || this.closed.aborted) throw await this.unreachable(error);
        await this.pause(failures);
      }
    }
  }

  /** One try, whose failure is explained at once. @throws LogUnavailable */
  async probe<T>(work: (client: KurrentDBClient) => Promise<T>): Promise<T> {
    try {
      return await this.once(work, () => false);
    } catch (error) {
      throw await this.unreachable(error);
    }
  }

  /** Finds out why there was no answer, and remembers it until there is one. */
  async unreachable(error: unknown): Promise<LogUnavailable> {
    const trouble = namedTrouble(error, this.address) ?? (await wayTrouble(this.address, error));
    this.#trouble = trouble;
    return new LogUnavailable(trouble, error);
  }

  /** Twice as long after each failure up to the limit, shortened by chance so that many nodes do not come back at once. */
  async pause(failures: number): Promise<void> {
    const whole = Math.min(this.limits.longestPauseMs, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 20));
    await pause(whole / 2 + (Math.random() * whole) / 2, undefined, { signal: this.closed }).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose().catch(() => undefined);
  }
}

/** @throws when the work has not settled in time; it may settle later, unheard. */
async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`There was no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
