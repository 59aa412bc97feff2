import { Worker } from 'node:worker_threads';
import type {
  AppendResult,
  ExpectedRevision,
  LogIntegrity,
  RecordedEvent,
  SealedEvent,
  StreamName,
} from '../event-store';
import { AppendQueue } from './append-queue';
import { toPosition } from './log-position';
import { LogUnusable } from './log-schema';
import type { FromWriter, GroupAnswer, ToWriter, WriterSettings } from './writer-messages';

/** Appends after which a message leaves before the end of the tick, so that sealing and writing overlap. */
const SEND_AT = 16;

interface Pending {
  readonly stream: StreamName;
  readonly events: readonly SealedEvent[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: Error) => void;
}

/** What the store does with durable events; `last` is the position of the last of them. */
export type OnCommitted = (events: readonly RecordedEvent[], last: bigint) => void;

/** In the sources the worker is TypeScript and needs the resolver; in the built application it stands beside the bundle. */
function startWorker(settings: WriterSettings): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./log-writer.worker.mjs', import.meta.url), { workerData: settings });
  }
  const resolver = new URL('../../../../tools/resolve-ts.mjs', import.meta.url).href;
  return new Worker(new URL('./log-writer.worker.ts', import.meta.url), {
    workerData: settings,
    execArgv: ['--import', resolver],
  });
}

/** The main thread's side of the writer thread: sends waiting appends together, settles them in order. */
export class WriterClient {
  readonly #worker: Worker;
  readonly #sent: Int32Array;
  readonly #onCommitted: OnCommitted;
  readonly #queue = new AppendQueue();
  #pending: Pending[] = [];
  #settled = 0;
  #flushPlanned = false;
  #integrity: LogIntegrity;
  #stopped: string | undefined;

  private constructor(worker: Worker, sent: SharedArrayBuffer, integrity: LogIntegrity, onCommitted: OnCommitted) {
    this.#worker = worker;
    this.#sent = new Int32Array(sent);
    this.#integrity = integrity;
    this.#onCommitted = onCommitted;
    worker.on('message', (message: FromWriter) => this.#receive(message));
    worker.on('error', (error) => this.#lose(error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.#lose('its thread ended'));
  }

  /** Settles once the log is open and its newest part verified. @throws LogUnusable. */
  static async open(
    settings: Omit<WriterSettings, 'sent'>,
    onOpen: (head: bigint) => OnCommitted,
  ): Promise<WriterClient> {
    const sent = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const worker = startWorker({ ...settings, sent });
    const first = await new Promise<FromWriter>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    worker.removeAllListeners('error');
    if (first.kind === 'ready') return new WriterClient(worker, sent, first.integrity, onOpen(first.head));
    await worker.terminate();
    if (first.kind === 'unusable') throw new LogUnusable(first.code, first.message);
    throw new Error('The log writer did not answer its start.');
  }

  get integrity(): LogIntegrity {
    return this.#integrity;
  }

  /** Rejects only when the outcome is unknown: the caller sends the same bytes again. */
  append(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    if (this.#stopped !== undefined) {
      const reason = `The event log takes no writes: ${this.#stopped}.`;
      return Promise.resolve({ ok: false, code: 'LOG_READ_ONLY', reason });
    }
    return new Promise((resolve, reject) => {
      this.#queue.add(stream, events, expected);
      this.#pending.push({ stream, events, resolve, reject });
      this.#plan();
    });
  }

  /** Waits for all appends that were given before. */
  async close(): Promise<void> {
    this.#flush();
    if (this.#stopped !== undefined) return;
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#send({ kind: 'close' });
    await ended;
  }

  #plan(): void {
    if (this.#queue.appends >= SEND_AT) this.#flush();
    if (this.#flushPlanned) return;
    this.#flushPlanned = true;
    // A tick callback runs after all promise callbacks of this turn: whoever appends in this turn is in the message.
    process.nextTick(() => {
      this.#flushPlanned = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#queue.appends > 0) this.#send(this.#queue.take());
  }

  #send(message: ToWriter): void {
    this.#worker.postMessage(message);
    Atomics.add(this.#sent, 0, 1);
  }

  #receive(message: FromWriter): void {
    if (message.kind === 'group') this.#settle(message);
    if (message.kind === 'integrity') this.#integrity = message.integrity;
    if (message.kind === 'closed') this.#finish('it is closed');
  }

  #settle(answer: GroupAnswer): void {
    const others = new Map(answer.others);
    const committed: RecordedEvent[] = [];
    let last = 0n;
    answer.positions.forEach((position, index) => {
      const pending = this.#pending[this.#settled++];
      const other = others.get(index);
      if (other) return pending?.resolve(other);
      const lastRevision = answer.revisions[index] ?? 0n;
      const recorded = record(pending, position, lastRevision);
      for (const event of recorded) committed.push(event);
      last = position;
      return pending?.resolve({ ok: true, position: toPosition(position), lastRevision, alreadyThere: false });
    });
    if (this.#settled === this.#pending.length || this.#settled > 4096) {
      this.#pending = this.#pending.slice(this.#settled);
      this.#settled = 0;
    }
    if (committed.length > 0) this.#onCommitted(committed, last);
  }

  #lose(why: string): void {
    if (this.#stopped !== undefined) return;
    this.#finish(`the log writer has failed (${why})`);
  }

  #finish(why: string): void {
    this.#stopped = why;
    const unknown = this.#pending.slice(this.#settled);
    this.#pending = [];
    this.#settled = 0;
    for (const { reject } of unknown) reject(new Error(`Whether the append was written is unknown: ${why}.`));
  }
}

function record(pending: Pending | undefined, lastPosition: bigint, lastRevision: bigint): RecordedEvent[] {
  if (!pending) return [];
  const { stream, events } = pending;
  return events.map((event, index) => {
    const behind = BigInt(events.length - 1 - index);
    const { id, type, body, hash } = event;
    return {
      id,
      type,
      body,
      hash,
      stream,
      revision: lastRevision - behind,
      position: toPosition(lastPosition - behind),
    };
  });
}
