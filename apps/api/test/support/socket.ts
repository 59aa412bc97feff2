import { once } from 'node:events';
import { WebSocket } from 'ws';
import { codeOf } from './answer';
import type { GraphqlError } from './answer';

export interface Next {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphqlError[];
}

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

export interface SocketOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly origin?: string;
}

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** One graphql-transport-ws connection that keeps every byte it was sent. */
export class Socket {
  readonly #socket: WebSocket;
  readonly #subscriptions = new Map<string, Subscription<unknown>>();
  readonly #received: string[] = [];
  readonly closed: Promise<Closing>;
  #ids = 0;
  #onMessage: (message: Message) => void = () => undefined;

  private constructor(url: string, { headers = {}, origin }: SocketOptions) {
    const address = url.replace(/^http/, 'ws');
    this.#socket = new WebSocket(address, 'graphql-transport-ws', {
      headers,
      ...(origin === undefined ? {} : { origin }),
    });
    this.closed = new Promise((resolve) => {
      this.#socket.on('error', () => undefined);
      this.#socket.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
        for (const subscription of this.#subscriptions.values()) subscription.end();
      });
    });
    this.#socket.on('message', (data) => {
      const text = String(data);
      this.#received.push(text);
      this.#receive(JSON.parse(text) as Message);
    });
  }

  /** An acknowledged connection. @throws with the close code when the server does not want it. */
  static async open(url: string, options: SocketOptions = {}): Promise<Socket> {
    const socket = new Socket(url, options);
    const acknowledged = new Promise<'acknowledged'>((resolve) => {
      socket.#onMessage = ({ type }) => type === 'connection_ack' && resolve('acknowledged');
    });
    const open = await Promise.race([once(socket.#socket, 'open'), socket.closed]);
    if (Array.isArray(open)) socket.#send({ type: 'connection_init', payload: options.params ?? {} });
    const outcome = await Promise.race([acknowledged, socket.closed]);
    if (outcome !== 'acknowledged') throw new SocketRefused(outcome);
    return socket;
  }

  /** Everything that came over this connection so far. */
  get received(): string {
    return this.#received.join('\n');
  }

  subscribe<T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Subscription<T> {
    const id = String((this.#ids += 1));
    const subscription = new Subscription<T>(() => {
      this.#subscriptions.delete(id);
      this.#send({ id, type: 'complete' });
    });
    this.#subscriptions.set(id, subscription as Subscription<unknown>);
    this.#send({ id, type: 'subscribe', payload: { query, variables } });
    return subscription;
  }

  /** One operation over the socket, whatever its kind: its first answer's code. */
  async codeFor(query: string, variables: Readonly<Record<string, unknown>>): Promise<string> {
    const subscription = this.subscribe(query, variables);
    const first = await subscription.next();
    subscription.stop();
    return first === null ? 'completed' : codeOf(first.errors);
  }

  /** Stops reading from the network; the server has to wait or give up. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  sendRaw(text: string): void {
    this.#socket.send(text);
  }

  /** One message in so many empty pieces. */
  sendFragments(many: number): void {
    for (let n = 1; n <= many; n++) this.#socket.send('', { fin: n === many });
  }

  ping(): void {
    this.#socket.ping();
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  /** Without a goodbye, as when a cable is pulled. */
  cut(): void {
    this.#socket.terminate();
  }

  #send(message: Message): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #receive(message: Message): void {
    this.#onMessage(message);
    const subscription = this.#subscriptions.get(message.id ?? '');
    switch (message.type) {
      case 'next':
        return subscription?.push(message.payload as Next);
      case 'error':
        subscription?.push({ errors: message.payload as readonly GraphqlError[] });
        return subscription?.end();
      case 'complete':
        return subscription?.end();
    }
  }
}

export class SocketRefused extends Error {
  readonly closing: Closing;

  constructor(closing: Closing) {
    super(`The server closed with ${closing.code} ${closing.reason}`);
    this.closing = closing;
  }
}

/** Results of one subscription, in order. */
export class Subscription<T> {
  readonly all: Next[] = [];
  #read = 0;
  #ended = false;
  #wake: () => void = () => undefined;
  readonly #settleEnd: () => void;
  /** Settles when the server or the connection has ended it. */
  readonly ended: Promise<void>;
  readonly stop: () => void;

  constructor(stop: () => void) {
    this.stop = stop;
    let settle: () => void = () => undefined;
    this.ended = new Promise((resolve) => (settle = resolve));
    this.#settleEnd = settle;
  }

  push(next: Next): void {
    this.all.push(next);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#settleEnd();
    this.#wake();
  }

  /** Null at the end. */
  async next(): Promise<Next | null> {
    while (this.#read >= this.all.length) {
      if (this.#ended) return null;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.all[this.#read++] ?? null;
  }

  /** The next value. @throws when it is an error or the end. */
  async value(): Promise<T> {
    const next = await this.next();
    const value = Object.values(next?.data ?? {})[0];
    if (value === undefined || value === null) throw new Error(`Expected a value, got ${JSON.stringify(next)}`);
    return value as T;
  }

  /** The first value from here on that is as wanted. */
  async until(wanted: (value: T) => boolean): Promise<T> {
    for (;;) {
      const value = await this.value();
      if (wanted(value)) return value;
    }
  }
}
