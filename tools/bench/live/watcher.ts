import { WebSocket } from 'ws';

interface FeedEvent {
  readonly revision: number;
  readonly type: string;
  readonly payload: { readonly messageId?: string };
}

interface Batch {
  readonly reset: boolean;
  readonly events: readonly FeedEvent[];
  readonly upTo: number;
}

/** graphql-transport-ws protocol. */
interface ServerMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

export interface Subscription {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

interface Watched {
  readonly subscription: Subscription;
  upTo: number;
  readonly messages: Set<string>;
  doubles: number;
  sinceReturn: boolean;
}

interface WatcherOptions {
  readonly url: () => string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connectionParams: Record<string, unknown>;
  readonly subscriptions: readonly Subscription[];
  readonly onMessage: (messageId: string, at: number) => void;
  /** The first batch after a connection has come. */
  readonly onReturn: () => void;
}

/** One person's socket with one or many session feeds, resumed after a break from the last revision of each. */
export class Watcher {
  readonly feeds: Watched[];
  readonly #options: WatcherOptions;
  #socket: WebSocket | undefined;
  #closed = false;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.feeds = options.subscriptions.map((subscription) => ({
      subscription,
      upTo: -1,
      messages: new Set(),
      doubles: 0,
      sinceReturn: false,
    }));
  }

  connect(): void {
    if (this.#closed) return;
    const socket = new WebSocket(this.#options.url(), 'graphql-transport-ws', { headers: this.#options.headers });
    this.#socket = socket;
    socket.on('open', () => this.#send({ type: 'connection_init', payload: this.#options.connectionParams }));
    socket.on('message', (data: Buffer) => this.#read(JSON.parse(data.toString()) as ServerMessage));
    socket.on('error', () => undefined);
    // A page waits longer and with chance; the bench wants to know when everybody could be back.
    socket.on('close', () => setTimeout(() => this.connect(), 50 + Math.random() * 100));
  }

  close(): void {
    this.#closed = true;
    this.#socket?.terminate();
  }

  #read({ type, id, payload }: ServerMessage): void {
    if (type === 'connection_ack') this.feeds.forEach((_feed, index) => this.#subscribe(index));
    if (type === 'ping') this.#send({ type: 'pong' });
    if (type === 'error') throw new Error(JSON.stringify(payload));
    if (type === 'next') this.#take(Number(id), payload as { data: Record<string, Batch> | null; errors?: unknown });
  }

  #subscribe(index: number): void {
    const feed = this.feeds[index];
    if (feed === undefined) return;
    feed.sinceReturn = false;
    const { query, variables } = feed.subscription;
    const afterRevision = feed.upTo < 0 ? null : feed.upTo;
    this.#send({
      id: String(index),
      type: 'subscribe',
      payload: { query, variables: { ...variables, afterRevision } },
    });
  }

  #take(index: number, { data, errors }: { data: Record<string, Batch> | null; errors?: unknown }): void {
    const feed = this.feeds[index];
    const batch = data?.['sessionFeed'];
    if (feed === undefined || batch === undefined) throw new Error(`No batch: ${JSON.stringify(errors)}`);
    this.#hear(feed, batch);
    feed.upTo = batch.upTo;
    if (feed.sinceReturn) return;
    feed.sinceReturn = true;
    this.#options.onReturn();
  }

  #hear(feed: Watched, { events, reset }: Batch): void {
    const at = performance.now();
    for (const { revision, type, payload } of events) {
      if (revision <= feed.upTo && !reset) feed.doubles += 1;
      if (type !== 'ChatMessageSent' || payload.messageId === undefined) continue;
      feed.messages.add(payload.messageId);
      this.#options.onMessage(payload.messageId, at);
    }
  }

  #send(message: unknown): void {
    this.#socket?.send(JSON.stringify(message));
  }
}
