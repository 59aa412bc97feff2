import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { expect, it, jest } from '@jest/globals';
import { Limits } from '../limits/limits';
import { requestGate } from './request-gate';

class Asked extends EventEmitter {
  destroyed = false;
  status = 0;

  writeHead(status: number): void {
    this.status = status;
  }

  end(): void {
    this.emit('close');
  }
}

let ports = 0;

/** One request on a connection of its own. */
function asked(
  gate: RequestHandler,
  { remoteAddress = '192.0.2.1', path = '/' }: { readonly remoteAddress?: string; readonly path?: string },
  begin: () => void,
): Asked {
  const socket = { remoteAddress, remotePort: (ports += 1) };
  const response = new Asked();
  gate({ path, headers: {}, socket } as unknown as Request, response as unknown as Response, begin);
  return response;
}

it('health is counted for itself, and its answers give back their places', () => {
  jest.useFakeTimers();
  const limits = new Limits({ holdings: { healthInFlightOfAddress: 1, requestsInFlightOfAddress: 1 } });
  const gate = requestGate(limits, 0);
  const paths = ['/', '/health', '/health/ready'].map((path) => ({ path }));
  const [page, health, second] = paths.map((asking) => asked(gate, asking, () => undefined));
  jest.advanceTimersByTime(1000);
  expect([page?.status, health?.status, second?.status]).toEqual([0, 0, 429]);
  health?.end();
  const next = asked(gate, { path: '/health' }, () => undefined);
  jest.advanceTimersByTime(1000);
  expect(next.status).toBe(0);
  jest.useRealTimers();
});

it('health is begun at once, however much of its address waits', () => {
  const gate = requestGate(new Limits(), 0);
  const begun: string[] = [];
  for (let n = 0; n < 500; n++) asked(gate, {}, () => begun.push('page'));
  asked(gate, { path: '/health/live' }, () => begun.push('health'));
  expect(begun).toEqual(['page', 'health']);
});

it('of each address one request is begun in a turn of the event loop, and none whose asker is gone', async () => {
  const gate = requestGate(new Limits(), 0);
  const begun: string[] = [];
  const ask = (remoteAddress: string, name: string): Asked => asked(gate, { remoteAddress }, () => begun.push(name));
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
