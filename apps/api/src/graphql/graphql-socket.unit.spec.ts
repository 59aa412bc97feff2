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
  readyState = 1;
  readonly protocol = 'graphql-transport-ws';
  bufferedAmount = 0;
  readonly pings: string[] = [];
  readonly pongs: string[] = [];
  readonly sent: string[] = [];
  isCut = false;
  isReading = true;
  closedWith: readonly [number, string] | null = null;

  pause(): void {
    this.isReading = false;
  }

  resume(): void {
    this.isReading = true;
  }

  ping(text: string): void {
    this.pings.push(text);
  }

  pong(text: Buffer): void {
    this.pongs.push(String(text));
  }

  send(text: string, done: () => void): void {
    this.sent.push(text);
    done();
  }

  close(code: number, reason: string): void {
    if (this.readyState !== this.OPEN) return;
    this.readyState = 2;
    this.closedWith = [code, reason];
  }

  terminate(): void {
    this.isCut = true;
    this.emit('close', 1006, Buffer.of());
  }
}

let socket: SocketSeen;
let limits: Limits;
beforeEach(() => {
  jest.useFakeTimers();
  socket = new SocketSeen();
  limits = new Limits({ rates: { messagesOfSocket: { burst: 5, perSecond: 1 } } });
  const hold = SocketHold.open(limits, '192.0.2.7', () => socket.terminate());
  if (hold === null) throw new Error('It should have been taken.');
  const extra: SocketExtra = { socket: socket as unknown as WebSocket, request: {} as IncomingMessage, hold };
  const server = makeServer<undefined, SocketExtra>({ connectionInitWaitTimeout: 0 });
  joinSocket(server, extra, (error) => {
    throw error;
  });
  hold.isAcknowledged = true;
});
afterEach(() => {
  socket.terminate();
  jest.useRealTimers();
});

const ping = '{"type":"ping"}';
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
    await say(ping);
    expect([socket.sent.length, socket.isCut]).toEqual([1, false]);
    socket.bufferedAmount = mostUnread + 1;
    await say(ping);
    expect([socket.sent.length, socket.isCut]).toEqual([1, true]);
  });

  it('that says too much at once has one message answered in a turn of the event loop', async () => {
    for (let n = 0; n < 4; n++) socket.emit('message', Buffer.from(ping));
    const answered: number[] = [];
    for (let n = 0; n < 3; n++) {
      await jest.advanceTimersToNextTimerAsync();
      answered.push(socket.sent.length);
    }
    // The first was at once.
    expect(answered).toEqual([2, 3, 4]);
  });

  it.each(['message', 'ping', 'pong'])(
    'that says too much by %s is not read any more, and refused late',
    async (kind) => {
      for (let n = 0; n < 20; n++) socket.emit(kind, Buffer.from(ping));
      expect([socket.isReading, socket.closedWith]).toEqual([false, null]);
      await jest.advanceTimersByTimeAsync(499);
      // Nothing of what waited is done, either.
      expect([socket.closedWith, socket.sent.length]).toEqual([null, kind === 'message' ? 1 : 0]);
      await jest.advanceTimersByTimeAsync(1);
      expect([socket.isReading, socket.closedWith]).toEqual([true, [4429, 'TOO_MANY_REQUESTS']]);
      expect(limits.held('refusalsDelayedOfAddress').size).toBe(0);
      expect(socket.pongs.length).toBe(kind === 'ping' ? 5 : 0);
      // Whoever goes on instead of answering the goodbye is read no further.
      socket.emit(kind, Buffer.from(ping));
      expect(socket.isReading).toBe(false);
    },
  );

  it('that goes away before it is refused leaves nothing behind', async () => {
    for (let n = 0; n < 6; n++) socket.emit('message', Buffer.from(ping));
    expect(limits.held('refusalsDelayedOfAddress').size).toBe(1);
    socket.terminate();
    await jest.advanceTimersByTimeAsync(1000);
    const names = ['refusalsDelayedOfAddress', 'socketsOfAddress'] as const;
    expect(names.map((name) => limits.held(name).size)).toEqual([0, 0]);
    expect(limits.messages.size).toBe(0);
  });
});
