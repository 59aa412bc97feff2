import type { RequestListener } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { HttpServer } from './http-server';
import type { OpenConnections } from './open-connections';

/** Nest's adapter would create a server with settings of its own; here it comes from `createHttpServer`. */
export class HttpAdapter extends ExpressAdapter {
  #connections: OpenConnections | undefined;

  constructor(private readonly create: (answer: RequestListener) => HttpServer) {
    super();
  }

  override initHttpServer(): void {
    const { server, connections } = this.create(this.getInstance<RequestListener>());
    this.httpServer = server;
    this.#connections = connections;
  }

  /** Apollo would wait for every connection that is open, for 10 seconds, before `close` has its turn. */
  override beforeClose(): void {
    super.beforeClose();
    this.#connections?.cutUnasked();
  }

  override close(): Promise<unknown> | undefined {
    this.#connections?.cutAll();
    return super.close();
  }
}
