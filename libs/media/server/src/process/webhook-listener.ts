import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `repeated`: it was delivered before. `refused`: the media server has not signed it. */
export type WebhookAnswer = 'delivered' | 'repeated' | 'refused';
export type ReceiveWebhook = (body: string, authorization: string | undefined) => Promise<WebhookAnswer>;

/** The longest body of a webhook, bytes. */
const longest = 256 * 1024;

/** LiveKit needs a few; whoever else is on this machine may not take more, nor hold them. */
const mostConnections = 50;
/** How long one request may take to come in, milliseconds. */
const patience = 10_000;

/**
 * Takes what our own LiveKit tells, on this machine only and always at the same port: the API's may be another at each
 * start, and its certificate may be one that LiveKit does not trust.
 */
export class WebhookListener {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(port: number, receive: ReceiveWebhook): Promise<WebhookListener> {
    const limits = { requestTimeout: patience, headersTimeout: patience, connectionsCheckingInterval: patience / 2 };
    const server = createServer(limits, (request, response) => {
      bodyOf(request)
        .then((body) => receive(body, request.headers.authorization))
        .then((answer) => (answer === 'refused' ? 401 : 204))
        // LiveKit tells it again when it is not taken.
        .catch(() => 503)
        .then((status) => response.writeHead(status).end());
    });
    server.maxConnections = mostConnections;
    await new Promise<void>((listening, failed) => {
      server.once('error', failed);
      server.listen(port, '127.0.0.1', listening);
    });
    // Alone it keeps no process alive.
    server.unref();
    return new WebhookListener(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > longest) throw new Error('A webhook is too long.');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
