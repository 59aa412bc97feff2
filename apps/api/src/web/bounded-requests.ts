import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';

type Connection = IncomingMessage['socket'];

/** The part of Node's parser that makes requests. Not documented; a test holds that it is there. */
interface WithParser {
  readonly parser?: { onIncoming: (request: IncomingMessage, keepAlive: boolean) => number };
}

export interface BoundedRequests {
  /** What the server makes its answers of. */
  readonly CountedResponse: typeof ServerResponse;
  /** For each connection, before anything is read of it. */
  readonly bound: (connection: Connection) => void;
  /** For each CONNECT. */
  readonly cut: (request: IncomingMessage) => void;
}

/** Tells llhttp that no more HTTP follows. */
const readNoFurther = 2;

/**
 * Node reads all that comes and makes requests of it before the first is answered. What comes on a connection that has
 * `most` under way ends its reading, and so does an upgrade behind what is not answered yet: Node is told that it is a
 * CONNECT. No browser or proxy in common use asks again before it has been answered.
 */
export function boundedRequests(most: number): BoundedRequests {
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
