import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { FileWatch, HINDERED_PATIENCE_MS, LOOK_PAUSE_MS, whenFree } from '@deskside/sqlite';
import { damageIn, hindranceOf, toFailure } from './failure';
import { openVaultForWriting } from './open-vault-file';
import { unreadable } from './vault-unusable';
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
  readonly #watch: FileWatch;
  readonly #end = new AbortController();
  readonly #waiting: Request[] = [];
  #wake: () => void = () => undefined;
  #isClosing = false;
  #hindrance: string | null = null;
  /** It does not pass, although most may still be written. */
  #damage: string | null = null;

  constructor(port: MessagePort, writer: VaultWriter, { file, identity }: WriterSettings) {
    this.#port = port;
    this.#writer = writer;
    this.#watch = new FileWatch({ path: file, identity });
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
    if (this.#isLost()) return this.#refused(requests);
    try {
      const patience = { signal: this.#end.signal, ...(this.#hindrance !== null && { ms: HINDERED_PATIENCE_MS }) };
      const answers = await whenFree(() => this.#writer.commit(requests), patience);
      // Nobody is told that something is kept in a file that was taken away meanwhile.
      if (this.#isLost()) return this.#refused(requests);
      this.#damage ??= damageIn(answers);
      this.#hindered(hindranceOf(answers, () => this.#writer.canWrite()));
      return answers;
    } catch (error) {
      this.#hindered(error instanceof Error ? error.message : String(error));
      return requests.map(({ id }) => ({ id, failure: toFailure(error) }));
    }
  }

  #isLost(): boolean {
    const lost = this.#watch.lost();
    if (lost !== null) this.#hindered(lost);
    return lost !== null;
  }

  #refused(requests: readonly Request[]): readonly Answer[] {
    const failure = { code: 'VAULT_UNAVAILABLE', message: this.#hindrance ?? '' } as const;
    return requests.map(({ id }) => ({ id, failure }));
  }

  /** Told each time that it changes, before the answers that it explains. */
  #hindered(why: string | null): void {
    const lasting = why ?? this.#damage;
    if (lasting === this.#hindrance) return;
    this.#hindrance = lasting;
    this.#say({ kind: 'hindered', why: lasting });
  }

  /** Until something arrives, or for a moment: there may be a trace to remove, and there is always the file to look at. */
  async #rest(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, this.#writer.hasTraces ? TRACE_PAUSE_MS : LOOK_PAUSE_MS);
    });
    clearTimeout(timer);
    if (this.#waiting.length > 0 || this.#isLost()) return;
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
    const { code, message } = unreadable(settings.file, error);
    port.postMessage({ kind: 'unusable', code, message } satisfies FromWriter);
    return;
  }
  await new VaultThread(port, writer, settings).run();
}

if (parentPort) await startThread(parentPort, workerData as WriterSettings);
