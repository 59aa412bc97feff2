import { EventEmitter } from 'node:events';
import { expect, it } from '@jest/globals';
import { Limits } from '../limits/limits';
import { connectionGate } from './http-server';

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
