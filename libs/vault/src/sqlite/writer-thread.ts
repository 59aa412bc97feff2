import { Worker } from 'node:worker_threads';
import { VaultUnusable } from './master-key';
import type { FromWriter, ToWriter, WriterSettings } from './writer-messages';

export interface WriterEvents {
  told(message: FromWriter): void;
  /** Once, whether it was asked to or not. */
  ended(why: string): void;
}

/** In the sources the worker is TypeScript and needs the resolver; in the built application it stands beside the bundle. */
function startWorker(settings: WriterSettings): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./vault-writer.worker.mjs', import.meta.url), { workerData: settings });
  }
  const resolver = new URL('../../../../tools/resolve-ts.mjs', import.meta.url).href;
  return new Worker(new URL('./vault-writer.worker.ts', import.meta.url), {
    workerData: settings,
    execArgv: ['--import', resolver],
  });
}

/** One thread that writes the vault, from its start to its end. */
export class WriterThread {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
  }

  /** Settles when the vault is open. @throws VaultUnusable */
  static async start(settings: WriterSettings, events: WriterEvents): Promise<WriterThread> {
    const worker = startWorker(settings);
    const thread = new WriterThread(worker);
    let why = 'its thread ended';
    worker.on('error', (error) => (why = error instanceof Error ? error.message : String(error)));
    const first = await new Promise<FromWriter | undefined>((resolve) => {
      worker.once('message', (message: FromWriter) => {
        worker.on('message', (next: FromWriter) => events.told(next));
        resolve(message);
      });
      void thread.#exited.then(() => resolve(undefined));
    });
    if (first?.kind === 'ready') {
      void thread.#exited.then(() => events.ended(why));
      return thread;
    }
    await thread.#exited;
    if (first?.kind === 'unusable') throw new VaultUnusable(first.code, first.message);
    throw new VaultUnusable('VAULT_UNREADABLE', `The vault ${settings.file} cannot be used: ${why}.`);
  }

  send(message: ToWriter): void {
    this.#worker.postMessage(message);
  }

  /** Asks it to end, and ends it when it does not. */
  async close(patienceMs: number): Promise<void> {
    this.send({ kind: 'close' });
    const timer = setTimeout(() => void this.#worker.terminate(), patienceMs);
    await this.#exited;
    clearTimeout(timer);
  }
}
