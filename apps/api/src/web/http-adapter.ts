import type { RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { ExpressAdapter } from '@nestjs/platform-express';

/** Nest's own makes a server of its own settings. This one ends with all its connections, whatever they wait for. */
export class HttpAdapter extends ExpressAdapter {
  readonly #connections = new Set<Socket>();

  constructor(private readonly create: (answer: RequestListener) => Server) {
    super();
  }

  override initHttpServer(): void {
    this.httpServer = this.create(this.getInstance<RequestListener>());
    this.httpServer.on('connection', (connection: Socket) => {
      this.#connections.add(connection);
      connection.once('close', () => this.#connections.delete(connection));
    });
  }

  override close(): Promise<unknown> | undefined {
    for (const connection of this.#connections) connection.destroy();
    return super.close();
  }
}
