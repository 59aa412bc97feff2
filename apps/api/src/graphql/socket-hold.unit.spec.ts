import { describe, expect, it, jest } from '@jest/globals';
import type { CustomerCaller } from '../command-path/caller';
import { everybody } from '../limits/held-counts';
import { Limits } from '../limits/limits';
import { helloBytes, SocketHold } from './socket-hold';

const ana = {
  kind: 'customer',
  sessionId: 's',
  participantId: 'p',
  customerId: 'ana',
  correlationId: 'c',
} as unknown as CustomerCaller;
const address = '192.0.2.7';

const quietly = (): void => undefined;

function opened(limits: Limits, from = address, giveWay = quietly): SocketHold {
  const hold = SocketHold.open(limits, from, giveWay);
  if (hold === null) throw new Error('It should have been taken.');
  return hold;
}

describe('what a connection holds', () => {
  it('takes a place among everybody’s only once it is known whose it is', () => {
    const limits = new Limits();
    const hold = opened(limits);
    const counts = (): readonly number[] => [limits.strangers.size, limits.held('sockets').of(everybody)];
    expect(counts()).toEqual([1, 0]);
    expect(hold.acknowledge(ana)).toBeNull();
    expect(counts()).toEqual([0, 1]);
    hold.close();
    expect(counts()).toEqual([0, 0]);
  });

  it('of strangers gives way to newer ones, so that nobody who says who they are is refused', () => {
    const limits = new Limits({ strangers: { strangers: 3, strangersOfAddress: 2 } });
    const gone: string[] = [];
    const open = (from: string): SocketHold => opened(limits, from, () => gone.push(from));
    const known = open(address);
    known.acknowledge(ana);
    for (const from of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) open(from);
    const next = open(address);
    expect(gone).toEqual(['198.51.100.1']);
    expect(next.acknowledge(ana)).toBeNull();
    for (let n = 0; n < 3; n++) open('198.51.100.4');
    expect(gone).toEqual(['198.51.100.1', '198.51.100.2', '198.51.100.4']);
    expect([known, next].every(({ isAcknowledged }) => isAcknowledged)).toBe(true);
  });

  it('is refused with whose limit it was: their own, or that of all', () => {
    const limits = new Limits({ holdings: { socketsOfCustomer: 1, sockets: 2 } });
    const second = { ...ana, participantId: 'q', customerId: 'ben' } as unknown as CustomerCaller;
    const third = { ...ana, participantId: 'r', customerId: 'cem' } as unknown as CustomerCaller;
    expect(opened(limits).acknowledge(ana)).toBeNull();
    expect(opened(limits).acknowledge(ana)).toBe('TOO_MANY_OPEN');
    expect(opened(limits).acknowledge(second)).toBeNull();
    const late = opened(limits);
    expect(late.acknowledge(third)).toBe('TOO_MANY_REQUESTS');
    late.close();
    expect(limits.held('socketsOfCustomer').size).toBe(2);
  });

  it('of questions that are not answered yet is bounded, and free again with each answer', () => {
    const limits = new Limits({ holdings: { requestsInFlightOfCaller: 2 } });
    const hold = opened(limits);
    hold.acknowledge(ana);
    const [one, other, third] = [{}, {}, {}];
    expect([hold.request(ana, one), hold.request(ana, other)]).toEqual([null, null]);
    expect(hold.request(ana, third)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    hold.end(one);
    expect(hold.request(ana, third)).toBeNull();
    hold.close();
    expect(limits.held('requestsInFlightOfCaller').size).toBe(0);
  });

  it('takes of a stranger one short word, and of an address so many bytes a second', () => {
    const limits = new Limits({ rates: { bytesOfAddress: { burst: 30_000, perSecond: 1 } } });
    const stranger = opened(limits);
    expect(stranger.takesMessage(helloBytes)).toBe(true);
    expect(stranger.takesMessage(helloBytes + 1)).toBe(false);
    const hold = opened(limits);
    hold.acknowledge(ana);
    expect(hold.takesMessage(11_000)).toBe(true);
    expect(hold.takesMessage(11_000)).toBe(false);
  });

  it('is refused once, and late, however often it is too much', async () => {
    jest.useFakeTimers();
    const limits = new Limits();
    const hold = opened(limits);
    const said: string[] = [];
    for (const who of ['its messages', 'its greeting']) void hold.untilRefusal().then(() => said.push(who));
    await jest.advanceTimersByTimeAsync(499);
    expect([said, limits.held('refusalsDelayedOfAddress').of(address)]).toEqual([[], 1]);
    await jest.advanceTimersByTimeAsync(1);
    expect(said).toEqual(['its messages', 'its greeting']);
    expect(hold.acknowledge(ana)).toBe('TOO_MANY_OPEN');
    hold.close();
    expect(limits.held('refusalsDelayedOfAddress').size).toBe(0);
    jest.useRealTimers();
  });

  it('after its end is nothing, whatever is still under way', async () => {
    const limits = new Limits();
    const hold = opened(limits);
    hold.close();
    expect(hold.acknowledge(ana)).not.toBeNull();
    expect(hold.feed(ana, 'sessionFeed', {})).toEqual({ code: 'TOO_MANY_OPEN' });
    let isEnded = false;
    const feed = { next: () => Promise.resolve({ done: true, value: null }), return: end } as AsyncIterator<unknown>;
    hold.keep({}, feed);
    expect(isEnded).toBe(true);
    for (const name of ['sockets', 'socketsOfAddress', 'socketsOfCustomer', 'feedsOfAddress'] as const)
      expect(limits.held(name).size).toBe(0);

    function end(): Promise<IteratorResult<unknown>> {
      isEnded = true;
      return Promise.resolve({ done: true, value: null });
    }
  });
});
