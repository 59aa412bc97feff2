import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { HINDERED_PATIENCE_MS, LOOK_PAUSE_MS, whenFree } from '@deskside/sqlite';
import { hindranceOf, toFailure } from './failure';
import { VaultUnusable } from './master-key';
import { openVaultForWriting } from './open-vault-file';
import { VaultWriter } from './vault-writer';
import type { Answer, FromWriter, Request, ToWriter, WriterSettings } from './writer-messages';

/** Between two tries to empty the write-ahead log. */
const TRACE_PAUSE_MS = 25;

/**
 * The only one in this process that writes the vault. It waits for other processes outside of SQLite and between its work:
 * a process that reads an older state keeps traces from being removed, but nothing from being written.
 */
class VaultThread {
  readonly #port: MessagePort;
  readonly #writer: VaultWriter;
  readonly #end = new AbortController();
  readonly #waiting: Request[] = [];
  #wake: () => void = () => undefined;
  #isClosing = false;
  #hindrance: string | null = null;

  constructor(port: MessagePort, writer: VaultWriter) {
    this.#port = port;
    this.#writer = writer;
  }

  /** Until it is told to close. */
  async run(): Promise<void> {
    this.#port.on('message', (message: ToWriter) => this.#take(message));
    this.#say({ kind: 'ready' });
    this.#removeTraces();
    while (!this.#isClosing || this.#waiting.length > 0) {
      if (this.#waiting.length > 0) await this.#work(this.#next());
      else await this.#rest();
    }
    await this.#leaveNoTrace();
    this.#port.close();
  }

  #take(message: ToWriter): void {
    if (message.kind === 'work') this.#waiting.push(...message.requests);
    else this.#startClosing(message.patienceMs);
    this.#wake();
  }

  #startClosing(patienceMs: number): void {
    this.#isClosing = true;
    setTimeout(() => this.#end.abort(), patienceMs).unref();
  }

  /** All that has arrived, without a turn of the event loop in between. */
  #next(): readonly Request[] {
    for (let next = receiveMessageOnPort(this.#port); next; next = receiveMessageOnPort(this.#port))
      this.#take(next.message as ToWriter);
    return this.#waiting.splice(0);
  }

  async #work(requests: readonly Request[]): Promise<void> {
    const answers = await this.#commit(requests);
    // Most often nobody is in the way, and what was removed is gone before anybody is told.
    if (this.#writer.hasTraces) this.#writer.removeTraces();
    this.#say({ kind: 'done', answers, hasTraces: this.#writer.hasTraces });
  }

  async #commit(requests: readonly Request[]): Promise<readonly Answer[]> {
    try {
      const patience = { signal: this.#end.signal, ...(this.#hindrance !== null && { ms: HINDERED_PATIENCE_MS }) };
      const answers = await whenFree(() => this.#writer.commit(requests), patience);
      this.#hindered(hindranceOf(answers, () => this.#writer.canWrite()));
      return answers;
    } catch (error) {
      this.#hindered(error instanceof Error ? error.message : String(error));
      return requests.map(({ id }) => ({ id, failure: toFailure(error) }));
    }
  }

  /** Told each time that it changes, before the answers that it explains. */
  #hindered(why: string | null): void {
    if (why === this.#hindrance) return;
    this.#hindrance = why;
    this.#say({ kind: 'hindered', why });
  }

  /** Until something arrives, or for a moment when there is a trace to remove or a hindrance to look at. */
  async #rest(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#writer.hasTraces) timer = setTimeout(resolve, TRACE_PAUSE_MS);
      else if (this.#hindrance !== null) timer = setTimeout(resolve, LOOK_PAUSE_MS);
    });
    clearTimeout(timer);
    if (this.#waiting.length > 0) return;
    this.#removeTraces();
    if (this.#hindrance !== null && this.#writer.canWrite()) this.#hindered(null);
  }

  #removeTraces(): void {
    if (!this.#writer.hasTraces) return;
    this.#writer.removeTraces();
    if (!this.#writer.hasTraces) this.#say({ kind: 'traceless' });
  }

  async #leaveNoTrace(): Promise<void> {
    this.#removeTraces();
    while (this.#writer.hasTraces && !this.#end.signal.aborted) {
      await pause(TRACE_PAUSE_MS);
      this.#removeTraces();
    }
    this.#writer.close();
  }

  #say(message: FromWriter): void {
    this.#port.postMessage(message);
  }
}

async function startThread(port: MessagePort, settings: WriterSettings): Promise<void> {
  let writer: VaultWriter;
  try {
    writer = new VaultWriter(await openVaultForWriting(settings), settings.master);
  } catch (error) {
    const code = error instanceof VaultUnusable ? error.code : 'VAULT_UNREADABLE';
    const message = error instanceof Error ? error.message : String(error);
    port.postMessage({ kind: 'unusable', code, message } satisfies FromWriter);
    return;
  }
  await new VaultThread(port, writer).run();
}

if (parentPort) await startThread(parentPort, workerData as WriterSettings);
