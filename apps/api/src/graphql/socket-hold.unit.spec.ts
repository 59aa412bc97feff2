import { describe, expect, it } from '@jest/globals';
import type { CustomerCaller } from '../command-path/caller';
import { everybody } from '../limits/held-counts';
import { Limits } from '../limits/limits';
import { SocketHold } from './socket-hold';

const ana = {
  kind: 'customer',
  sessionId: 's',
  participantId: 'p',
  customerId: 'ana',
  correlationId: 'c',
} as unknown as CustomerCaller;
const address = '192.0.2.7';

function opened(limits: Limits): SocketHold {
  const hold = SocketHold.open(limits, address);
  if (hold === null) throw new Error('It should have been taken.');
  return hold;
}

describe('what a connection holds', () => {
  it('takes a place among everybody’s only once it is known whose it is', () => {
    const limits = new Limits();
    const hold = opened(limits);
    const counts = (): readonly number[] => [
      limits.held('unacknowledged').of(everybody),
      limits.held('sockets').of(everybody),
    ];
    expect(counts()).toEqual([1, 0]);
    expect(hold.acknowledge(ana)).toBe(true);
    expect(counts()).toEqual([0, 1]);
    hold.close();
    expect(counts()).toEqual([0, 0]);
  });

  it('of strangers is bounded for all together, and leaves room for whoever is known', () => {
    const limits = new Limits({ holdings: { unacknowledged: 3, sockets: 3 } });
    const known = opened(limits);
    known.acknowledge(ana);
    const strangers = [0, 1, 2].map((n) => SocketHold.open(limits, `198.51.100.${n}`));
    expect(strangers.every((hold) => hold !== null)).toBe(true);
    expect(SocketHold.open(limits, '198.51.100.9')).toBeNull();
    strangers[0]?.close();
    const next = opened(limits);
    expect(next.acknowledge(ana)).toBe(true);
    expect(SocketHold.open(limits, '198.51.100.9')).not.toBeNull();
  });

  it('after its end is nothing, whatever is still under way', async () => {
    const limits = new Limits();
    const hold = opened(limits);
    hold.close();
    expect(hold.acknowledge(ana)).toBe(false);
    expect(hold.feed(ana, 'sessionFeed', {})).toEqual({ code: 'TOO_MANY_OPEN' });
    let isEnded = false;
    const feed = { next: () => Promise.resolve({ done: true, value: null }), return: end } as AsyncIterator<unknown>;
    hold.keep({}, feed);
    expect(isEnded).toBe(true);
    for (const name of [
      'unacknowledged',
      'sockets',
      'socketsOfAddress',
      'socketsOfCustomer',
      'feedsOfAddress',
    ] as const)
      expect(limits.held(name).size).toBe(0);

    function end(): Promise<IteratorResult<unknown>> {
      isEnded = true;
      return Promise.resolve({ done: true, value: null });
    }
  });
});
