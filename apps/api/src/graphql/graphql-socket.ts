import type { IncomingMessage } from 'node:http';
import type { Server } from 'graphql-ws';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { SocketHold } from './socket-hold';

/** What the handlers of an endpoint know of a connection. */
export interface SocketExtra {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly hold: SocketHold;
}

/** A connection that does not answer within this is gone, milliseconds. */
const pingEvery = 12_000;

/** graphql-ws registers no code of its own for it; 4429 is also what it uses for too many greetings. */
export const tooManyForSocket = CloseCode.TooManyInitialisationRequests;

/**
 * Joins one WebSocket with graphql-ws. The library's own joining reads whatever comes, and writes what strangers do wrong
 * to the console.
 */
export function joinSocket(server: Server<SocketExtra>, extra: SocketExtra, onFailure: (error: unknown) => void): void {
  const { socket, hold } = extra;
  const stopPings = pingUntilSilent(socket);
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (data) =>
        new Promise((resolve, reject) => {
          if (socket.readyState !== socket.OPEN) return resolve();
          socket.send(data, (error) => (error ? reject(error) : resolve()));
        }),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) => {
        socket.on('message', (data) => {
          if (!hold.takesMessage()) return cutOff(socket);
          take(String(data)).catch((error: unknown) => failed(socket, error, onFailure));
        });
      },
    },
    extra,
  );
  socket.once('close', (code: number, reason: Buffer) => {
    stopPings();
    hold.close();
    closed(code, String(reason)).catch(onFailure);
  });
}

/** Nothing more of it is read. */
function cutOff(socket: WebSocket): void {
  socket.removeAllListeners('message');
  socket.close(tooManyForSocket, 'Too many messages');
}

function failed(socket: WebSocket, error: unknown, onFailure: (error: unknown) => void): void {
  if (socket.readyState !== socket.OPEN) return;
  // The library throws this for what only a server may say.
  if (error instanceof Error && error.message.startsWith('Unexpected message'))
    return socket.close(CloseCode.BadRequest, 'Invalid message received');
  onFailure(error);
  socket.close(CloseCode.InternalServerError, 'Internal server error');
}

function pingUntilSilent(socket: WebSocket): () => void {
  let hasAnswered = true;
  socket.on('pong', () => (hasAnswered = true));
  const timer = setInterval(() => {
    if (!hasAnswered) return socket.terminate();
    hasAnswered = false;
    socket.ping();
  }, pingEvery);
  return () => clearInterval(timer);
}
