import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeServer } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { Limits } from '../limits/limits';
import { joinSocket, mostUnread, pingEvery } from './graphql-socket';
import type { SocketExtra } from './graphql-socket';
import { SocketHold } from './socket-hold';

/** The side of a WebSocket that the server sees. */
class SocketSeen extends EventEmitter {
  readonly OPEN = 1;
  readonly readyState = 1;
  readonly protocol = 'graphql-transport-ws';
  bufferedAmount = 0;
  readonly pings: string[] = [];
  readonly sent: string[] = [];
  isCut = false;

  ping(text: string): void {
    this.pings.push(text);
  }

  send(text: string, done: () => void): void {
    this.sent.push(text);
    done();
  }

  close(): void {
    this.emit('close', 1000, Buffer.of());
  }

  terminate(): void {
    this.isCut = true;
    this.emit('close', 1006, Buffer.of());
  }
}

let socket: SocketSeen;
beforeEach(() => {
  jest.useFakeTimers();
  socket = new SocketSeen();
  const hold = SocketHold.open(new Limits(), '192.0.2.7', () => socket.terminate());
  if (hold === null) throw new Error('It should have been taken.');
  const extra: SocketExtra = { socket: socket as unknown as WebSocket, request: {} as IncomingMessage, hold };
  const server = makeServer<undefined, SocketExtra>({ connectionInitWaitTimeout: 0 });
  joinSocket(server, extra, (error) => {
    throw error;
  });
  hold.isAcknowledged = true;
});
afterEach(() => {
  socket.close();
  jest.useRealTimers();
});

const say = async (text: string): Promise<void> => {
  socket.emit('message', Buffer.from(text));
  await jest.advanceTimersByTimeAsync(0);
};

describe('a connection', () => {
  it('lives as long as it answers each ping with what it was asked', () => {
    for (let n = 0; n < 5; n++) {
      jest.advanceTimersByTime(pingEvery);
      socket.emit('pong', Buffer.from(socket.pings.at(-1) ?? ''));
    }
    expect([socket.pings.length, socket.isCut]).toEqual([5, false]);
    expect(new Set(socket.pings).size).toBe(5);
  });

  it.each([
    ['nothing', () => undefined],
    ['without reading', () => socket.emit('pong', Buffer.from('0'))],
    ['what it was asked before', () => socket.emit('pong', Buffer.from(socket.pings.at(-2) ?? 'none'))],
  ])('that answers %s is cut', (_, answer) => {
    jest.advanceTimersByTime(pingEvery);
    socket.emit('pong', Buffer.from(socket.pings.at(-1) ?? ''));
    jest.advanceTimersByTime(pingEvery);
    answer();
    jest.advanceTimersByTime(pingEvery);
    expect(socket.isCut).toBe(true);
  });

  it('is answered a ping of its protocol without what it says', async () => {
    await say(`{"type":"ping","payload":{"text":"${'x'.repeat(1000)}"}}`);
    expect(socket.sent).toEqual(['{"type":"pong"}']);
  });

  it('that does not read is cut when too much waits for it, and not before', async () => {
    socket.bufferedAmount = mostUnread;
    await say('{"type":"ping"}');
    expect([socket.sent.length, socket.isCut]).toEqual([1, false]);
    socket.bufferedAmount = mostUnread + 1;
    await say('{"type":"ping"}');
    expect([socket.sent.length, socket.isCut]).toEqual([1, true]);
  });
});
