import type { Worker } from 'node:worker_threads';
import { endThread, firstMessage, startThread } from '@deskside/sqlite';
import { unreadable, VaultUnusable } from './vault-unusable';
import type { FromWriter, ToWriter, WriterSettings } from './writer-messages';

export interface WriterEvents {
  told(message: FromWriter): void;
  /** Once, whether it was asked to or not. */
  ended(why: string): void;
}

/** More than what was begun in time takes to end. */
const LAST_WORK_MS = 2000;

/** One thread that writes the vault, from its start to its end. */
export class WriterThread {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;

  private constructor(worker: Worker, events: WriterEvents) {
    let why = 'its thread ended';
    this.#worker = worker;
    worker.on('message', (message: FromWriter) => events.told(message));
    worker.on('error', (error) => (why = error instanceof Error ? error.message : String(error)));
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    void this.#exited.then(() => events.ended(why));
  }

  /** Settles when the vault is open. @param signal calls the start off @throws VaultUnusable */
  static async start(settings: WriterSettings, events: WriterEvents, signal?: AbortSignal): Promise<WriterThread> {
    const worker = startThread(new URL('./vault-writer.worker.ts', import.meta.url), settings);
    const first = await firstMessage<FromWriter>(worker, signal).catch((error: unknown) => {
      throw unreadable(settings.file, error);
    });
    if (first.kind === 'unusable') {
      await endThread(worker);
      throw new VaultUnusable(first.code, first.message);
    }
    return new WriterThread(worker, events);
  }

  send(message: ToWriter): void {
    this.#worker.postMessage(message);
  }

  /** Asks it to end within this time, and ends it when it does not. */
  async close(patienceMs: number): Promise<void> {
    this.send({ kind: 'close', patienceMs });
    const timer = setTimeout(() => void this.#worker.terminate(), patienceMs + LAST_WORK_MS);
    await this.#exited;
    clearTimeout(timer);
  }
}
