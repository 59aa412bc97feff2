import { randomInt } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Server } from 'graphql-ws';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { RefusalCode } from '@deskside/domain';
import type { Caller } from '../command-path/caller';
import type { SocketHold } from './socket-hold';

/** What the handlers of an endpoint know of a connection. */
export interface SocketExtra {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly hold: SocketHold;
}

/** A connection that does not answer within this is gone, milliseconds. */
export const pingEvery = 12_000;

/** What a connection that does not read may have waiting, bytes: more than all its feeds begin with. */
export const mostUnread = 16 * 2 ** 20;
/** By when a connection has said whose it is, milliseconds; graphql-ws asks it to go before, and waits for its answer. */
const helloWithin = 5000;

/**
 * graphql-ws registers no code of its own for it; 4429 is also what it uses for too many greetings. The reason is the code
 * of the refusal, which the page reads.
 */
const tooManyForSocket = CloseCode.TooManyInitialisationRequests;

/**
 * Joins one WebSocket with graphql-ws. The library's own joining reads whatever comes, and writes what strangers do wrong
 * to the console.
 */
export function joinSocket(server: Server<SocketExtra>, extra: SocketExtra, onFailure: (error: unknown) => void): void {
  const { socket, hold } = extra;
  /** Whether a message is taken. What a connection says while it is closed is read no further: nobody would hear it. */
  const takes = (bytes: number): boolean => {
    if (socket.readyState !== socket.OPEN || hold.isOver) socket.pause();
    else if (hold.takesMessage(bytes)) return true;
    else void refuse(extra, 'TOO_MANY_REQUESTS');
    return false;
  };
  // They are short, and a pong is what we asked for: no bytes of the address, which others may have used up.
  socket.on('ping', (said: Buffer) => takes(0) && socket.pong(said));
  socket.on('pong', () => takes(0));
  const stopPings = pingUntilSilent(socket);
  const silent = setTimeout(() => hold.isAcknowledged || socket.terminate(), helloWithin).unref();
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (data) => sendTo(socket, data),
      // Without what it says: that would be as long as the client likes.
      onPing: () => sendTo(socket, '{"type":"pong"}'),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) => {
        socket.on('message', (data: Buffer) => {
          if (!takes(data.length)) return;
          hold.inTurn(() => {
            take(String(data)).catch((error: unknown) => failed(socket, error, onFailure));
          });
        });
      },
    },
    extra,
  );
  socket.once('close', (code: number, reason: Buffer) => {
    stopPings();
    clearTimeout(silent);
    hold.close();
    closed(code, String(reason)).catch(onFailure);
  });
}

/** A client that is gone, or does not read, is cut off: nothing waits for it without a bound. */
function sendTo(socket: WebSocket, data: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  if (socket.bufferedAmount > mostUnread) {
    socket.terminate();
    return Promise.resolve();
  }
  return new Promise((resolve) =>
    socket.send(data, (error) => {
      if (error) socket.terminate();
      resolve();
    }),
  );
}

/** It is known whose connection this is. False when they may not have it, which they have been told by then. */
export async function acknowledge(extra: SocketExtra, caller: Caller): Promise<boolean> {
  const refusal = extra.hold.acknowledge(caller);
  if (refusal !== null) await refuse(extra, refusal);
  return refusal === null;
}

/** Says no a little later, and reads no more meanwhile. Not as to somebody who is not known: they may come back. */
async function refuse({ socket, hold }: SocketExtra, code: RefusalCode): Promise<void> {
  socket.pause();
  await hold.untilRefusal();
  socket.resume();
  socket.close(tooManyForSocket, code);
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
  let asked = 0;
  // Only to what was asked: a client that reads nothing cannot know it.
  socket.on('pong', (answer) => (hasAnswered ||= String(answer) === String(asked)));
  const timer = setInterval(() => {
    if (!hasAnswered) return socket.terminate();
    hasAnswered = false;
    asked = randomInt(2 ** 40);
    socket.ping(String(asked));
  }, pingEvery);
  return () => clearInterval(timer);
}
