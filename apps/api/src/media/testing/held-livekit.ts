import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { LiveKitServer } from '@deskside/media/server';
import type { MediaPlantState, MediaServer } from '@deskside/media/server';

/** Somebody who stands at LiveKit's door. */
export interface Caller {
  readonly request: IncomingMessage;
  /** Settles when the way to LiveKit is closed. */
  readonly gone: Promise<unknown>;
  letIn(): Promise<WebSocket>;
}

/** A LiveKit that lets people in when the test says so: the moment between its answer and ours can be held open. */
export class HeldLiveKit {
  readonly keys = { apiKey: 'deskside-test', apiSecret: 'a secret of the test that nobody else knows' };
  readonly callers: Caller[] = [];
  readonly #http = createServer((_, response) => response.end('success'));
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #waiting: ((caller: Caller) => void)[] = [];

  static async open(): Promise<HeldLiveKit> {
    const held = new HeldLiveKit();
    held.#http.on('upgrade', (request, socket, head) => held.#hold(request, socket, head));
    held.#http.listen(0, '127.0.0.1');
    await once(held.#http, 'listening');
    return held;
  }

  get media(): { readonly state: MediaPlantState; readonly server: MediaServer } {
    const url = `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
    return { state: { status: 'ready', url }, server: new LiveKitServer(() => ({ url, ...this.keys })) };
  }

  /** The next who comes to the door. */
  next(): Promise<Caller> {
    return new Promise((settle) => this.#waiting.push(settle));
  }

  close(): Promise<unknown> {
    for (const client of this.#sockets.clients) client.terminate();
    this.#http.closeAllConnections();
    return new Promise((closed) => this.#http.close(closed));
  }

  #hold(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const gone = new Promise((closed) => socket.once('close', closed));
    // Nobody says anything before they are let in, but only somebody who reads sees that they have gone.
    socket.on('error', () => socket.destroy()).on('end', () => socket.destroy());
    socket.resume();
    const letIn = (): Promise<WebSocket> =>
      new Promise((settle) => this.#sockets.handleUpgrade(request, socket, head, settle));
    const caller = { request, gone, letIn };
    this.callers.push(caller);
    this.#waiting.shift()?.(caller);
  }
}
