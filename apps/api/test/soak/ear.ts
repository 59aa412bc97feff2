import { setTimeout as pause } from 'node:timers/promises';
import type { FeedBatch } from '../support/people';
import type { Socket, Subscription } from '../support/socket';

const againAfterMs = 200;

export interface Listening {
  readonly socket: Socket;
  readonly feed: Subscription<FeedBatch>;
}

/** One person's feed of their session, opened again after each loss from the last revision that came. */
export class Ear {
  /** Events that came twice. */
  doubles = 0;
  readonly #open: (afterRevision?: number) => Promise<Listening>;
  readonly #onLine: (messageId: string, at: number) => void;
  #reached: number | undefined;
  #socket: Socket | undefined;
  #isOpen = true;

  constructor(open: (afterRevision?: number) => Promise<Listening>, onLine: (messageId: string, at: number) => void) {
    this.#open = open;
    this.#onLine = onLine;
  }

  /** Settles once it is closed. */
  async listen(): Promise<void> {
    while (this.#isOpen) {
      await this.#listenOnce().catch(() => undefined);
      if (this.#isOpen) await pause(againAfterMs);
    }
  }

  close(): void {
    this.#isOpen = false;
    this.#socket?.cut();
  }

  async #listenOnce(): Promise<void> {
    const { socket, feed } = await this.#open(this.#reached);
    this.#socket = socket;
    while (this.#isOpen) this.#hear(await feed.value());
    socket.cut();
  }

  #hear({ events, upTo, reset }: FeedBatch): void {
    const at = performance.now();
    for (const { revision, type, payload } of events) {
      if (!reset && revision <= (this.#reached ?? -1)) this.doubles += 1;
      if (type === 'ChatMessageSent') this.#onLine(payload['messageId'] as string, at);
    }
    this.#reached = upTo;
  }
}
