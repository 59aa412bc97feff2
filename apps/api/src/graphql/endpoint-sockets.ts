import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServerOptions } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import type { Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { limits } from './endpoint-limits';

type Parameters = Record<string, unknown> | undefined;
export type SocketHandlers = ServerOptions<Parameters, Extra>;

interface Served {
  readonly server: WebSocketServer;
  readonly stop: () => void | Promise<void>;
}

/** Answers an upgrade that is none of GraphQL's. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The live connections of the endpoints. Not Nest's own: those take a message of 100 MB from anybody. */
export class EndpointSockets {
  readonly #byPath = new Map<string, Served>();
  readonly #belowPrefix = new Map<string, UpgradeHandler>();

  serve(path: string, handlers: SocketHandlers): void {
    const server = new WebSocketServer({ noServer: true, maxPayload: limits.bodyBytes });
    const disposable = useServer<Parameters>({ ...handlers, isProd: true }, server);
    this.#byPath.set(path, { server, stop: () => disposable.dispose() });
  }

  /** Leaves every upgrade below `/prefix/` to somebody else. */
  leave(prefix: string, answer: UpgradeHandler): void {
    this.#belowPrefix.set(prefix, answer);
  }

  /** Takes every upgrade; those for no endpoint are turned away. */
  listen(http: Server): void {
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const served = this.#byPath.get(request.url?.split('?')[0] ?? '');
      const elsewhere = this.#belowPrefix.get(request.url?.split('/')[1] ?? '');
      if (elsewhere !== undefined) return elsewhere(request, socket, head);
      if (served === undefined) return void socket.destroy();
      served.server.handleUpgrade(request, socket, head, (opened) => {
        served.server.emit('connection', opened, request);
        // ws closes it with the right code; graphql-ws would write a stranger's fault to the console as well.
        opened.removeAllListeners('error').on('error', () => undefined);
      });
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#byPath.values()].map(({ stop }) => stop()));
  }
}
