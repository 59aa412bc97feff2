import type { RequestListener } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { HttpServer } from './http-server';

/** Nest's adapter would create a server with settings of its own; here it comes from `createHttpServer`. */
export class HttpAdapter extends ExpressAdapter {
  #cutAll = (): void => undefined;

  constructor(private readonly create: (answer: RequestListener) => HttpServer) {
    super();
  }

  override initHttpServer(): void {
    const { server, cutAll } = this.create(this.getInstance<RequestListener>());
    this.httpServer = server;
    this.#cutAll = cutAll;
  }

  override close(): Promise<unknown> | undefined {
    this.#cutAll();
    return super.close();
  }
}
