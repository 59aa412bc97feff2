import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, makeServer } from 'graphql-ws';
import type { Server as GraphqlServer, ServerOptions } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { ServerOptions as WebSocketServerOptions } from 'ws';
import type { Hosts } from '../web/hosts';
import { refuseUpgrade } from '../web/refuse-upgrade';
import { delayRefusal } from '../limits/delay-refusal';
import type { Limits } from '../limits/limits';
import { limits as endpointLimits } from './endpoint-limits';
import { joinSocket } from './graphql-socket';
import type { SocketExtra } from './graphql-socket';
import { callerNetwork } from './request-context';
import { SocketHold } from './socket-hold';

/** Milliseconds that a client has to answer a goodbye. */
export const partingTime = 1000;
/** Of one message: pages send it whole, and a proxy may cut it. */
export const mostFragments = 128;

// `closeTimeout` is not in ws's types yet: https://github.com/websockets/ws/blob/8.23.0/doc/ws.md
const serverOptions = {
  noServer: true,
  handleProtocols,
  // Of what comes in one piece one message in a turn of the event loop.
  allowSynchronousEvents: false,
  // Only to pings that are taken.
  autoPong: false,
  maxPayload: endpointLimits.bodyBytes,
  maxFragments: mostFragments,
  closeTimeout: partingTime,
} satisfies WebSocketServerOptions & { readonly closeTimeout: number };

type Parameters = Record<string, unknown> | undefined;
export type SocketHandlers = ServerOptions<Parameters, SocketExtra>;

interface Served {
  readonly server: WebSocketServer;
  readonly graphql: GraphqlServer<SocketExtra>;
}

interface Parts {
  readonly limits: Limits;
  readonly trustedProxies: number;
  readonly onFailure: (error: unknown) => void;
}

interface Refused {
  readonly status: number;
  readonly sentence?: string;
}

/** Answers an upgrade that is none of GraphQL's. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The live connections of the endpoints. Not Nest's own: those take a message of 100 MB from anybody. */
export class EndpointSockets {
  readonly #byPath = new Map<string, Served>();
  readonly #belowPrefix = new Map<string, UpgradeHandler>();

  constructor(private readonly parts: Parts) {}

  serve(path: string, handlers: SocketHandlers): void {
    const server = new WebSocketServer(serverOptions);
    this.#byPath.set(path, { server, graphql: makeServer<Parameters, SocketExtra>(handlers) });
  }

  /** Leaves every upgrade below `/prefix/` to somebody else. */
  leave(prefix: string, answer: UpgradeHandler): void {
    this.#belowPrefix.set(prefix, answer);
  }

  /** Takes every upgrade to a WebSocket. Any other is ignored and its request answered as it is (RFC 9110, 7.8). */
  listen(http: Server, hosts: Hosts): void {
    Object.assign(http, {
      shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
    });
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // A stranger who goes away in the middle is no fault of ours.
      socket.on('error', () => socket.destroy());
      const wrong = hosts.wrongIn(request);
      if (wrong !== null) return this.#refuse(request, socket, wrong);
      const served = this.#byPath.get(request.url?.split('?')[0] ?? '');
      const elsewhere = this.#belowPrefix.get(request.url?.split('/')[1] ?? '');
      if (elsewhere !== undefined) return elsewhere(request, socket, head);
      if (served === undefined) return this.#refuse(request, socket, { status: 404 });
      this.#take(served, request, { socket, head });
    });
  }

  #take(
    { server, graphql }: Served,
    request: IncomingMessage,
    { socket, head }: { socket: Duplex; head: Buffer },
  ): void {
    const { limits, trustedProxies, onFailure } = this.parts;
    const hold = SocketHold.open(limits, callerNetwork(request, trustedProxies), () => socket.destroy());
    if (hold === null) return this.#refuse(request, socket, { status: 429 });
    socket.once('close', () => hold.close());
    server.handleUpgrade(request, socket, head, (opened) => {
      // ws closes it with the right code.
      opened.on('error', () => undefined);
      joinSocket(graphql, { socket: opened, request, hold }, onFailure);
    });
  }

  /** A little later, as other refusals. */
  #refuse(request: IncomingMessage, socket: Duplex, { status, sentence }: Refused): void {
    const { limits, trustedProxies } = this.parts;
    delayRefusal(
      limits,
      callerNetwork(request, trustedProxies),
      () => refuseUpgrade(socket, status, sentence),
      (end) => socket.once('close', end),
    );
  }

  /** Everybody is told to come back, and whoever does not go within a moment is cut off. */
  async close(): Promise<void> {
    await Promise.all([...this.#byPath.values()].map(({ server }) => endAll(server)));
  }
}

async function endAll(server: WebSocketServer): Promise<void> {
  // Whoever comes now is turned away by it.
  server.close();
  for (const client of server.clients) client.close(1001, 'Going away');
  // Not by `once` of node:events, which rejects when a client answers with nonsense.
  await Promise.all([...server.clients].map((client) => new Promise((resolve) => client.once('close', resolve))));
}
