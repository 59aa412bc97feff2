import { readFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerOptions } from 'node:http';
import { createServer as createByTls } from 'node:https';
import { everybody, holdAll } from '../limits/held-counts';
import type { Limits } from '../limits/limits';
import type { Settings } from '../settings/settings';
import { boundedRequests } from './bounded-requests';
import { networkOf } from './network-of';
import { OpenConnections } from './open-connections';

type Connection = IncomingMessage['socket'];

/** Within which a request must have come whole, milliseconds. */
const requestTimeout = 30_000;

export interface HttpServer {
  readonly server: Server;
  readonly connections: OpenConnections;
}

/**
 * A server, by TLS where the settings say so, that counts its connections and reads from each only as many requests as may
 * be under way on it. Takes no upgrades unless `shouldUpgradeCallback` is set.
 */
export function createHttpServer(settings: Settings, limits: Limits, answer: RequestListener): HttpServer {
  const { DESKSIDE_TLS_CERT_FILE: cert, DESKSIDE_TLS_KEY_FILE: key, DESKSIDE_TRUST_PROXY: proxies } = settings;
  const { CountedResponse, bound, cut } = boundedRequests(limits.held('requestsInFlightOfConnection').most);
  const options: ServerOptions = {
    ServerResponse: CountedResponse,
    requestTimeout,
    shouldUpgradeCallback: () => false,
    // `Hosts` answers a request without one, and that answer is counted.
    requireHostHeader: false,
  };
  const tls = cert && key ? { cert: readFileSync(cert), key: readFileSync(key) } : null;
  const server = tls === null ? createPlain(options, answer) : createByTls({ ...options, ...tls }, answer);
  const connections = new OpenConnections(server);
  server.on('connection', connectionGate(limits, proxies));
  server.on(tls === null ? 'connection' : 'secureConnection', bound);
  server.on('connect', cut);
  // Whatever is expected of us besides (RFC 9110, 10.1.1): Node's own answer would not be counted.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  return { server, connections };
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
