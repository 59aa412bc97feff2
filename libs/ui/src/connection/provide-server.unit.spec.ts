import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Apollo } from 'apollo-angular';
import { parse } from 'graphql';
import { firstValueFrom } from 'rxjs';
import { failureOf } from '../refusals/failure';
import { asNobody } from './as-nobody';
import { provideServer } from './provide-server';

const realWebSocket = globalThis.WebSocket;
/** What the server says as it closes each connection, in its order. */
let closings: { readonly code: number; readonly reason: string }[];

/** A connection to a server that closes it as soon as it is opened. */
class ClosedSocket {
  static readonly [key: string]: unknown;
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readyState = ClosedSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onclose: ((event: unknown) => void) | null = null;

  constructor() {
    queueMicrotask(() => {
      this.readyState = ClosedSocket.CLOSED;
      this.onclose?.({ wasClean: true, ...closings.shift() });
    });
  }

  send = jest.fn();
  close = jest.fn();
}

beforeEach(() => {
  Object.assign(globalThis, { WebSocket: ClosedSocket });
  TestBed.configureTestingModule({ providers: [provideServer('/graphql/customer')] });
});
afterEach(() => void Object.assign(globalThis, { WebSocket: realWebSocket }));

describe('a live connection that the server closes', () => {
  test.each([
    [4403, 'Forbidden', { kind: 'refused', code: 'NOT_SIGNED_IN' }],
    [4401, 'Unauthorized', { kind: 'refused', code: 'NOT_SIGNED_IN' }],
    [4429, 'TOO_MANY_OPEN', { kind: 'refused', code: 'TOO_MANY_OPEN' }],
    // The whole server is full, or this page comes too often: it says nothing of their windows.
    [4429, 'TOO_MANY_REQUESTS', { kind: 'unreachable' }],
    [1006, '', { kind: 'unreachable' }],
    [1012, 'TOO_MANY_OPEN', { kind: 'unreachable' }],
  ])('with %i %s fails its feeds for that reason, and the next one for its own', async (code, reason, failure) => {
    closings = [
      { code, reason },
      { code: 1006, reason: '' },
    ];
    expect(failureOf(await failureOfFeed())).toEqual(failure);
    expect(failureOf(await failureOfFeed())).toEqual({ kind: 'unreachable' });
  });
});

describe('a request', () => {
  const realFetch = globalThis.fetch;
  afterEach(() => void (globalThis.fetch = realFetch));

  /** What is asked for; no server is there to answer it. */
  async function sentWith(context: object): Promise<RequestInit> {
    let sent: RequestInit = {};
    globalThis.fetch = async (_, init) => {
      sent = init ?? {};
      throw new TypeError('Failed to fetch');
    };
    const asked = TestBed.inject(Apollo).query({ query: parse('query { writeRefusal }'), context });
    await expect(firstValueFrom(asked)).rejects.toThrow();
    return sent;
  }

  test('says who sits here, unless it is asked as nobody', async () => {
    TestBed.resetTestingModule().configureTestingModule({
      providers: [provideServer('/graphql/customer', () => () => 'held')],
    });
    expect((await sentWith({})).headers).toMatchObject({ authorization: 'Bearer held' });
    const { headers, credentials } = await sentWith(asNobody);
    expect(credentials).toBe('omit');
    expect(headers).not.toHaveProperty('authorization');
  });
});

async function failureOfFeed(): Promise<unknown> {
  const feed = TestBed.inject(Apollo).subscribe({ query: parse('subscription { sessionFeed { upTo } }') });
  return firstValueFrom(feed).then(
    ({ error }) => error,
    (error: unknown) => error,
  );
}
