import type { IncomingMessage, Server, ServerResponse } from 'node:http';

type Connection = IncomingMessage['socket'];

/** The connections of a server, so that its end waits for its own answers and for nobody else. */
export class OpenConnections {
  readonly #connections = new Map<string, Connection>();
  readonly #unanswered = new Map<string, Map<ServerResponse, IncomingMessage>>();
  #isEnding = false;

  constructor(server: Server) {
    server.on('connection', (connection: Connection) => this.#add(connection));
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#begin(request, response));
  }

  /** Ends all of them, whatever they are and wait for. */
  cutAll(): void {
    for (const connection of this.#connections.values()) connection.destroy();
  }

  /**
   * Ends those on which no whole request waits for its answer, and each other one with its answer. A request that never
   * comes whole would hold up the end for as long as whoever sends it likes, and so would a peer that does not close.
   * @param answersWithinMs after which those that wait for an answer are cut as well
   */
  cutUnasked(answersWithinMs = 3000): void {
    this.#isEnding = true;
    // Whoever guesses waits for up to 8 seconds, which is longer than an end takes.
    setTimeout(() => this.cutAll(), answersWithinMs).unref();
    for (const [key, connection] of this.#connections) if (!this.#isAsked(key)) connection.destroy();
  }

  #add(connection: Connection): void {
    if (this.#isEnding) return void connection.destroy();
    const key = keyOf(connection);
    this.#connections.set(key, connection);
    connection.once('close', () => {
      this.#connections.delete(key);
      this.#unanswered.delete(key);
    });
  }

  #begin(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const key = keyOf(socket);
    const ofConnection = this.#unanswered.get(key) ?? new Map<ServerResponse, IncomingMessage>();
    this.#unanswered.set(key, ofConnection.set(response, request));
    response.once('close', () => {
      ofConnection.delete(response);
      if (this.#isEnding && !this.#isAsked(key)) socket.destroySoon();
    });
  }

  #isAsked(key: string): boolean {
    return [...(this.#unanswered.get(key)?.values() ?? [])].some(({ complete }) => complete);
  }
}

/** By TLS a connection and the socket of its requests are two; what they have in common is the other end. */
function keyOf({ remoteAddress, remotePort }: Connection): string {
  return `${remoteAddress} ${remotePort}`;
}
