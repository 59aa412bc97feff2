import { receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { AppendBatch, ToWriter } from './writer-messages';

/** How long the thread stays awake after a group. */
const LINGER_MS = 0.15;

/** What the main thread has sent, in order: one behind the other, without a turn of the event loop in between. */
export class WriterInbox {
  readonly #port: MessagePort;
  readonly #sent: Int32Array;
  #received = 0;
  #waiting: ToWriter[] = [];

  /** @param sent count of all messages that were sent */
  constructor(port: MessagePort, sent: Int32Array) {
    this.#port = port;
    this.#sent = sent;
  }

  /** What the event loop has brought. */
  add(message: ToWriter): void {
    this.#received = (this.#received + 1) | 0;
    this.#waiting.push(message);
  }

  next(): ToWriter | undefined {
    return this.#waiting.shift() ?? this.#arrived();
  }

  /** The next message, if that is one of appends. */
  nextBatch(): AppendBatch | undefined {
    const next = this.next();
    if (next?.kind === 'append') return next;
    if (next) this.#waiting.unshift(next);
    return undefined;
  }

  /**
   * Looks for the next message for a moment before the thread goes to sleep: whoever was just answered often appends
   * again at once, and waking a thread takes longer than that.
   */
  awaited(): ToWriter | undefined {
    const until = performance.now() + LINGER_MS;
    while (Atomics.load(this.#sent, 0) === this.#received && performance.now() < until);
    return this.#arrived();
  }

  #arrived(): ToWriter | undefined {
    const arrived = receiveMessageOnPort(this.#port);
    if (!arrived) return undefined;
    this.#received = (this.#received + 1) | 0;
    return arrived.message as ToWriter;
  }
}
