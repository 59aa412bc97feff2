import { readFileSync } from 'node:fs';
import { createServer as createPlain, ServerResponse } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerOptions } from 'node:http';
import { createServer as createByTls } from 'node:https';
import { everybody, holdAll } from '../limits/held-counts';
import type { Limits } from '../limits/limits';
import type { Settings } from '../settings/settings';
import { networkOf } from './network-of';

type Connection = IncomingMessage['socket'];

/** Within which a request must have come whole, milliseconds. */
const requestTimeout = 30_000;

export interface HttpServer {
  readonly server: Server;
  /** Ends all connections, whatever they are and wait for. */
  readonly cutAll: () => void;
}

/**
 * A server by TLS where the settings say so, whose connections are counted, and that reads of each only what may be under way
 * on it. Takes no upgrades unless `shouldUpgradeCallback` is set.
 */
export function createHttpServer(settings: Settings, limits: Limits, answer: RequestListener): HttpServer {
  const { DESKSIDE_TLS_CERT_FILE: cert, DESKSIDE_TLS_KEY_FILE: key, DESKSIDE_TRUST_PROXY: proxies } = settings;
  const { CountedResponse, bound, cut } = boundedBy(limits.held('requestsInFlightOfConnection').most);
  const options: ServerOptions = {
    ServerResponse: CountedResponse,
    requestTimeout,
    shouldUpgradeCallback: () => false,
    // Our own answer says so too, and is counted.
    requireHostHeader: false,
  };
  const tls = cert && key ? { cert: readFileSync(cert), key: readFileSync(key) } : null;
  const server = tls === null ? createPlain(options, answer) : createByTls({ ...options, ...tls }, answer);
  const connections = new Set<Connection>();
  server.on('connection', (connection: Connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  server.on('connection', connectionGate(limits, proxies));
  server.on(tls === null ? 'connection' : 'secureConnection', bound);
  server.on('connect', cut);
  // Whatever is expected of us besides (RFC 9110, 10.1.1): Node's own answer would not be counted.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  const cutAll = (): void => {
    for (const connection of connections) connection.destroy();
  };
  return { server, cutAll };
}

/** The part of Node's parser that makes requests. Not documented; a test holds that it is there. */
interface WithParser {
  readonly parser?: { onIncoming: (request: IncomingMessage, keepAlive: boolean) => number };
}

/** What llhttp takes for: nothing more of HTTP comes here. */
const readNoFurther = 2;

/**
 * Node reads all that comes and makes requests of it before the first is answered. What comes on a connection that has
 * `most` under way ends its reading, and so does an upgrade behind what is not answered yet: Node is told that it is a
 * CONNECT. No browser or proxy in common use asks again before it was answered.
 */
function boundedBy(most: number) {
  const unanswered = new WeakMap<Connection, Set<ServerResponse>>();

  class CountedResponse<Request extends IncomingMessage> extends ServerResponse<Request> {
    constructor(...given: ConstructorParameters<typeof ServerResponse<Request>>) {
      super(...given);
      const { socket } = this.req;
      const ofConnection = unanswered.get(socket) ?? new Set();
      unanswered.set(socket, ofConnection.add(this));
      this.once('close', () => ofConnection.delete(this));
    }
  }

  return { CountedResponse, bound, cut };

  function bound(connection: Connection & WithParser): void {
    const { parser } = connection;
    if (parser === undefined) throw new Error('Node reads HTTP in another way: its requests are not bounded.');
    const { onIncoming } = parser;
    parser.onIncoming = (request, keepAlive) => {
      const mayBe = (request as { readonly upgrade?: boolean }).upgrade === true ? 1 : most;
      if ((unanswered.get(connection)?.size ?? 0) < mayBe) return onIncoming(request, keepAlive);
      Object.assign(request, { method: 'CONNECT', upgrade: true });
      return readNoFurther;
    };
  }

  /** After a CONNECT Node ends only the first of its answers. */
  function cut({ socket }: IncomingMessage): void {
    for (const response of unanswered.get(socket) ?? []) response.destroy();
    socket.destroy();
  }
}

/** Connections of all, and of one address by itself where no proxy stands in front, whose address is that of everybody. */
export function connectionGate(
  limits: Limits,
  trustedProxies: number,
): (connection: Pick<Connection, 'remoteAddress' | 'once' | 'destroy'>) => void {
  return (connection) => {
    const address = networkOf(connection.remoteAddress ?? 'unknown');
    const release = holdAll([
      () => limits.held('connections').hold(everybody),
      ...(trustedProxies > 0 ? [] : [() => limits.held('connectionsOfAddress').hold(address)]),
    ]);
    if (release === null) return void connection.destroy();
    connection.once('close', release);
  };
}
