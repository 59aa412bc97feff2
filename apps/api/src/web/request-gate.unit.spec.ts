import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { expect, it } from '@jest/globals';
import { Limits } from '../limits/limits';
import { connectionGate, requestGate } from './request-gate';

class SocketSeen extends EventEmitter {
  isCut = false;
  constructor(readonly remoteAddress: string) {
    super();
  }

  destroy(): void {
    this.isCut = true;
    this.emit('close');
  }
}

const holdings = { connections: 4, connectionsOfAddress: 2 };

it('connections of one IPv6 line are counted together, whatever addresses they take', () => {
  const gate = connectionGate(new Limits({ holdings }), 0);
  const sockets = [1, 2, 3].map((n) => new SocketSeen(`2001:db8:1:2::${n}`));
  for (const socket of sockets) gate(socket as never);
  expect(sockets.map(({ isCut }) => isCut)).toEqual([false, false, true]);
  const [first] = sockets;
  first?.destroy();
  const next = new SocketSeen('2001:db8:1:2::9');
  gate(next as never);
  expect(next.isCut).toBe(false);
});

it.each([0, 1])('connections of all are so many, behind a proxy or not (%d)', (trustedProxies) => {
  const gate = connectionGate(new Limits({ holdings }), trustedProxies);
  const sockets = [1, 2, 3, 4, 5].map((n) => new SocketSeen(trustedProxies > 0 ? '192.0.2.1' : `192.0.2.${n}`));
  for (const socket of sockets) gate(socket as never);
  expect(sockets.filter(({ isCut }) => isCut)).toHaveLength(1);
});

it('an address whose connections were cut again and again gets no new ones for a while', () => {
  const limits = new Limits({ rates: { connectionsCutOfAddress: { burst: 2, perSecond: 0.001 } } });
  const gate = connectionGate(limits, 1);
  const isCut = (address: string): boolean => {
    const socket = new SocketSeen(address);
    gate(socket as never);
    return socket.isCut;
  };
  const seen = [0, 1, 2].map(() => {
    const before = isCut('192.0.2.1');
    limits.rate('connectionsCutOfAddress').take('192.0.2.1');
    return before;
  });
  expect([...seen, isCut('192.0.2.2')]).toEqual([false, false, true, false]);
});

it('of each address one request is begun in a turn of the event loop, and none whose asker is gone', async () => {
  const gate = requestGate(new Limits(), 0);
  const begun: string[] = [];
  const ask = (remoteAddress: string, name: string): EventEmitter & { destroyed?: boolean } => {
    const request = { path: '/', headers: {}, socket: { remoteAddress, remotePort: 1 } } as unknown as Request;
    const response = new EventEmitter();
    gate(request, response as Response, () => begun.push(name));
    return response;
  };
  ask('192.0.2.1', 'first');
  ask('192.0.2.1', 'second');
  Object.assign(ask('192.0.2.1', 'gone'), { destroyed: true });
  ask('192.0.2.2', 'of another');
  expect(begun).toEqual(['first', 'of another']);
  ask('192.0.2.1', 'last');
  const later: string[][] = [];
  for (let n = 0; n < 3; n++) {
    await nextTurn();
    later.push(begun.splice(0));
  }
  expect(later).toEqual([['first', 'of another', 'second'], [], ['last']]);
});
