import type { Worker } from 'node:worker_threads';
import type { RebuildResult } from '../engine/projection-state';
import type { FromWorker, ToWorker } from '../worker/worker-messages';
import type { WorkerSettings } from '../worker/worker-settings';
import { openWorker, startWorker } from './worker-thread';
import type { Ready, StartWorker } from './worker-thread';

export type Told = Extract<FromWorker, { kind: 'committed' | 'states' | 'switched' | 'textUnreadable' }>;

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** One that has worked this long did not die of how it was started. */
const LIVED_LONG_MS = 60_000;

export interface WorkerEvents {
  /** A thread is at work, and these are the files: the first one, or one that took the place of one that died. */
  ready(ready: Ready): void;
  told(message: Told): void;
  /** The thread has ended without being asked to; another one is started. */
  lost(reason: string): void;
}

/** The main thread's side of the projection worker. A thread that dies is started again, later each time. */
export class WorkerClient {
  readonly #settings: WorkerSettings;
  readonly #events: WorkerEvents;
  readonly #start: StartWorker;
  readonly #asked = new Map<number, (result: RebuildResult) => void>();
  #lastId = 0;
  #worker: Worker | undefined;
  #startedAt = 0;
  #deaths = 0;
  #ended = 'The projection worker has not been started.';
  #restarting: NodeJS.Timeout | undefined;
  #starting: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();
  #onClosed: () => void = () => undefined;

  private constructor(settings: WorkerSettings, events: WorkerEvents, start: StartWorker) {
    this.#settings = settings;
    this.#events = events;
    this.#start = start;
  }

  /** Settles when every read model's file is there. @throws with the worker's sentence when the log or the vault fails. */
  static async start(
    settings: WorkerSettings,
    events: WorkerEvents,
    start: StartWorker = startWorker,
  ): Promise<WorkerClient> {
    const client = new WorkerClient(settings, events, start);
    await client.#open();
    return client;
  }

  send(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  ask(
    question: { kind: 'rebuild'; name: string } | { kind: 'pause'; name: string; paused: boolean },
  ): Promise<RebuildResult> {
    if (this.#worker === undefined) return Promise.resolve({ ok: false, code: 'CLOSED', reason: this.#ended });
    const id = (this.#lastId += 1);
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.send({ ...question, id });
    });
  }

  /** No thread is left when it settles; a start that is under way is called off, since the files are made again. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#restarting);
    await this.#starting;
    const worker = this.#worker;
    if (worker === undefined) return;
    const closed = new Promise<void>((resolve) => (this.#onClosed = resolve));
    this.send({ kind: 'close' });
    await closed;
    await worker.terminate();
  }

  async #open(): Promise<void> {
    const worker = this.#start(this.#settings);
    const ready = await openWorker(worker, this.#closing.signal);
    let why = 'its thread ended';
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => (why = error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.#end(why));
    this.#worker = worker;
    this.#startedAt = performance.now();
    this.#events.ready(ready);
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'committed':
      case 'states':
      case 'switched':
      case 'textUnreadable':
        return this.#events.told(message);
      case 'answer':
        this.#asked.get(message.id)?.(message.result);
        this.#asked.delete(message.id);
        return;
      case 'closed':
        return this.#end('it is closed');
      default:
        return undefined;
    }
  }

  #end(why: string): void {
    if (this.#worker === undefined) return;
    this.#worker = undefined;
    this.#ended = `The projection worker has ended: ${why}.`;
    for (const settle of this.#asked.values()) settle({ ok: false, code: 'CLOSED', reason: this.#ended });
    this.#asked.clear();
    if (this.#closing.signal.aborted) return this.#onClosed();
    if (performance.now() - this.#startedAt > LIVED_LONG_MS) this.#deaths = 0;
    this.#events.lost(this.#ended);
    this.#startAgain();
  }

  #startAgain(): void {
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.#deaths, 10));
    this.#deaths += 1;
    this.#restarting = setTimeout(() => (this.#starting = this.#tryToOpen()), pause);
  }

  async #tryToOpen(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.#events.lost(`The projection worker cannot be started: ${error instanceof Error ? error.message : ''}`);
      this.#startAgain();
    }
  }
}
