import { setTimeout as pause } from 'node:timers/promises';
import { identityOf } from '@deskside/sqlite';
import type { ToWriter, WriterSettings } from './writer-messages';
import { WriterThread } from './writer-thread';
import type { WriterEvents } from './writer-thread';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 5000;
/** What ends a thread that has lived this long is no part of a row of failures. */
const HEALTHY_MS = 60_000;

export interface LastingWriterEvents extends WriterEvents {
  /** A new thread works. */
  startedAgain(): void;
  /** None could be started; it is tried again later. */
  notStarted(why: string): void;
}

/** Keeps one thread that writes the vault: one that ends is started again, later each time that it happens. */
export class LastingWriter {
  #settings: WriterSettings;
  readonly #events: LastingWriterEvents;
  readonly #end = new AbortController();
  #thread: WriterThread | undefined;
  #starting: Promise<void> = Promise.resolve();
  #startedAt = 0;
  #pauseMs = FIRST_PAUSE_MS;

  private constructor(settings: WriterSettings, events: LastingWriterEvents) {
    this.#settings = settings;
    this.#events = events;
  }

  /** @throws VaultUnusable */
  static async start(settings: WriterSettings, events: LastingWriterEvents): Promise<LastingWriter> {
    const writer = new LastingWriter(settings, events);
    await writer.#start();
    // Nobody makes another file when this one is taken away.
    writer.#settings = { ...settings, isNew: false, identity: identityOf(settings.file) };
    return writer;
  }

  get isWorking(): boolean {
    return this.#thread !== undefined;
  }

  /** Nothing is sent while no thread works. */
  send(message: ToWriter): void {
    this.#thread?.send(message);
  }

  /** No thread is left when it settles: a start that is under way is called off, since that thread was given no work. */
  async close(patienceMs: number): Promise<void> {
    this.#end.abort();
    await this.#starting;
    await this.#thread?.close(patienceMs);
  }

  async #start(): Promise<void> {
    const events: WriterEvents = {
      told: (message) => this.#events.told(message),
      ended: (why) => this.#ended(why),
    };
    this.#thread = await WriterThread.start(this.#settings, events, this.#end.signal);
    this.#startedAt = performance.now();
  }

  #ended(why: string): void {
    this.#thread = undefined;
    if (performance.now() - this.#startedAt > HEALTHY_MS) this.#pauseMs = FIRST_PAUSE_MS;
    this.#events.ended(why);
    this.#starting = this.#startAgain();
  }

  async #startAgain(): Promise<void> {
    const { signal } = this.#end;
    while (this.#thread === undefined && !signal.aborted) {
      await pause(this.#pauseMs, undefined, { signal }).catch(() => undefined);
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
      if (!signal.aborted) await this.#tryAgain();
    }
  }

  async #tryAgain(): Promise<void> {
    try {
      await this.#start();
    } catch (error) {
      return this.#events.notStarted(error instanceof Error ? error.message : String(error));
    }
    this.#events.startedAgain();
  }
}
