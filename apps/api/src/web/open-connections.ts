import type { IncomingMessage, Server, ServerResponse } from 'node:http';

type Connection = IncomingMessage['socket'];

/** The connections of a server, so that its end waits for its own answers and for nobody else. */
export class OpenConnections {
  /** Each with its other end, which it no longer knows once it is closed. */
  readonly #connections = new Map<Connection, OtherEnd>();
  readonly #unanswered = new Map<OtherEnd, Map<ServerResponse, IncomingMessage>>();
  #isEnding = false;

  constructor(server: Server) {
    server.on('connection', (connection: Connection) => this.#add(connection));
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#begin(request, response));
  }

  /** Ends all of them, whatever they are and wait for. */
  cutAll(): void {
    for (const connection of this.#connections.keys()) connection.destroy();
  }

  /**
   * Ends those on which no whole request waits for its answer, and each other one with its answer. A request that never
   * comes whole would hold up the end for as long as whoever sends it likes, and so would a peer that does not close.
   * @param answersWithinMs after which those that wait for an answer are cut as well
   */
  cutUnasked(answersWithinMs = 3000): void {
    this.#isEnding = true;
    // Somebody who guesses passwords is kept waiting for up to 8 seconds, longer than an end may take.
    setTimeout(() => this.cutAll(), answersWithinMs).unref();
    for (const [connection, otherEnd] of this.#connections) if (!this.#isAsked(otherEnd)) connection.destroy();
  }

  #add(connection: Connection): void {
    if (this.#isEnding) return void connection.destroy();
    this.#connections.set(connection, otherEndOf(connection));
    connection.once('close', () => this.#connections.delete(connection));
  }

  #begin(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    if (socket.destroyed) return;
    const otherEnd = otherEndOf(socket);
    const requests = this.#unanswered.get(otherEnd) ?? new Map<ServerResponse, IncomingMessage>();
    this.#unanswered.set(otherEnd, requests.set(response, request));
    response.once('close', () => {
      requests.delete(response);
      if (requests.size === 0 && this.#unanswered.get(otherEnd) === requests) this.#unanswered.delete(otherEnd);
      if (this.#isEnding && !this.#isAsked(otherEnd)) socket.destroySoon();
    });
  }

  #isAsked(otherEnd: OtherEnd): boolean {
    return [...(this.#unanswered.get(otherEnd)?.values() ?? [])].some(({ complete }) => complete);
  }
}

type OtherEnd = string;

/** By TLS a connection and the socket of its requests are two; what they have in common is the other end. */
function otherEndOf({ remoteAddress, remotePort }: Connection): OtherEnd {
  return `${remoteAddress} ${remotePort}`;
}
