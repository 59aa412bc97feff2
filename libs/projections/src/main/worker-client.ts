import { Worker } from 'node:worker_threads';
import type { RebuildResult } from '../engine/projection-state';
import type { FromWorker, ToWorker } from '../worker/worker-messages';
import type { WorkerSettings } from '../worker/worker-settings';

export type Ready = Extract<FromWorker, { kind: 'ready' }>;
export type Told = Extract<FromWorker, { kind: 'committed' | 'states' | 'switched' }>;

export interface WorkerEvents {
  told(message: Told): void;
  /** The thread has ended without being asked to. */
  lost(reason: string): void;
}

/** In the sources the worker is TypeScript and needs the resolver; in the built application it stands beside the bundle. */
function startWorker(settings: WorkerSettings): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./projection.worker.mjs', import.meta.url), { workerData: settings });
  const resolver = new URL('../../../../tools/resolve-ts.mjs', import.meta.url).href;
  return new Worker(new URL('../worker/projection.worker.ts', import.meta.url), {
    workerData: settings,
    execArgv: ['--import', resolver],
  });
}

/** The main thread's side of the projection worker. */
export class WorkerClient {
  readonly #worker: Worker;
  readonly #events: WorkerEvents;
  readonly #asked = new Map<number, (result: RebuildResult) => void>();
  #lastId = 0;
  #ended: string | undefined;
  #onClosed: (() => void) | undefined;

  private constructor(worker: Worker, events: WorkerEvents) {
    this.#worker = worker;
    this.#events = events;
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => this.#end(error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.#end('its thread ended'));
  }

  /** Settles when every read model's file is there. @throws with the worker's sentence when the log or the vault fails. */
  static async start(settings: WorkerSettings, onReady: (ready: Ready) => WorkerEvents): Promise<WorkerClient> {
    const worker = startWorker(settings);
    const first = await new Promise<FromWorker>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    worker.removeAllListeners('error');
    if (first.kind === 'ready') return new WorkerClient(worker, onReady(first));
    // It ends by itself with the same error; the sentence is enough.
    worker.on('error', () => undefined);
    await worker.terminate();
    throw new Error(first.kind === 'unusable' ? first.message : 'The projection worker did not answer its start.');
  }

  send(message: ToWorker): void {
    if (this.#ended === undefined) this.#worker.postMessage(message);
  }

  ask(
    question: { kind: 'rebuild'; name: string } | { kind: 'pause'; name: string; paused: boolean },
  ): Promise<RebuildResult> {
    const reason = this.#ended;
    if (reason !== undefined) return Promise.resolve({ ok: false, code: 'CLOSED', reason });
    const id = (this.#lastId += 1);
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.send({ ...question, id });
    });
  }

  async close(): Promise<void> {
    if (this.#ended === undefined) {
      const closed = new Promise<void>((resolve) => (this.#onClosed = resolve));
      this.send({ kind: 'close' });
      await closed;
    }
    await this.#worker.terminate();
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'committed':
      case 'states':
      case 'switched':
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
    if (this.#ended !== undefined) return;
    this.#ended = `The projection worker has ended: ${why}.`;
    for (const settle of this.#asked.values()) settle({ ok: false, code: 'CLOSED', reason: this.#ended });
    this.#asked.clear();
    if (this.#onClosed === undefined) this.#events.lost(this.#ended);
    else this.#onClosed();
  }
}
