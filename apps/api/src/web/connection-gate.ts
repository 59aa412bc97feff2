import type { IncomingMessage, ServerResponse } from 'node:http';
import { everybody, holdAll } from '../limits/held-counts';
import type { Limits } from '../limits/limits';
import { networkOf } from './network-of';

type Connection = IncomingMessage['socket'];

/**
 * Connections of all, and, where no proxy stands in front whose address is that of everybody, of one address. Such an
 * address whose connections had to be cut again and again gets no new ones for a while: to read what they bring costs most.
 */
export function connectionGate(
  limits: Limits,
  trustedProxies: number,
): (connection: Pick<Connection, 'remoteAddress' | 'once' | 'destroy'>) => void {
  return (connection) => {
    const address = addressOf(connection);
    const isDirect = trustedProxies === 0;
    if (isDirect && limits.rate('connectionsCutOfAddress').waitFor(address) > 0) return void connection.destroy();
    const release = holdAll([
      () => limits.held('connections').hold(everybody),
      ...(isDirect ? [() => limits.held('connectionsOfAddress').hold(address)] : []),
    ]);
    if (release === null) return void connection.destroy();
    connection.once('close', release);
  };
}

/**
 * Holds the place of a request on its connection. False when the connection has too much under way, and is cut: no browser
 * and no proxy asks again before it was answered, and all that comes is read at once.
 */
export function holdOnConnection(limits: Limits, { socket }: IncomingMessage, response: ServerResponse): boolean {
  // What it sent before it was cut is read all the same.
  if (socket.destroyed) return false;
  const release = limits.held('requestsInFlightOfConnection').hold(`${socket.remoteAddress} ${socket.remotePort}`);
  if (release === null) {
    limits.rate('connectionsCutOfAddress').take(addressOf(socket));
    socket.destroy();
    return false;
  }
  response.once('close', release);
  return true;
}

function addressOf({ remoteAddress }: Pick<Connection, 'remoteAddress'>): string {
  return networkOf(remoteAddress ?? 'unknown');
}
