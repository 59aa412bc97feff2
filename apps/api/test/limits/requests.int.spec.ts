import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { holdings } from '../../src/limits/limits';
import type { LimitsOptions } from '../../src/limits/limits';
import { post } from '../support/answer';
import { ApiUnderTest } from '../support/api-under-test';
import { customerOperations, operation } from '../support/operations';
import { newId } from '../support/people';
import { RawConnection } from '../support/raw-connection';
import { until } from '../support/until';

const slowly = (burst: number) => ({ burst, perSecond: 0.01 });

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start({
    limits: {
      rates: {
        ...{ requestsOfAddress: slowly(20), requestsOfCaller: slowly(6), entriesOfAddress: slowly(3) },
        bytesOfAddress: slowly(100_000),
      },
      holdings: { requestsInFlightOfAddress: 3 },
      strangers: { strangersOfAddress: 4 },
    },
  });
});
afterAll(() => api.close());

const connections: RawConnection[] = [];
const direct: ApiUnderTest[] = [];
afterEach(async () => {
  for (const connection of connections.splice(0)) connection.cut();
  await Promise.all(direct.splice(0).map((other) => other.close()));
});

/** Another server, without a proxy in front. */
async function startDirect(limits: LimitsOptions): Promise<ApiUnderTest> {
  const started = await ApiUnderTest.start({ limits, settings: { DESKSIDE_TRUST_PROXY: '0' } });
  direct.push(started);
  return started;
}

function connection(to = api): RawConnection {
  const made = new RawConnection(to.url);
  connections.push(made);
  return made;
}

/** The first line of an answer; nothing when there is none. */
async function statusLine(made: RawConnection): Promise<string> {
  const text = await made.hears((said) => said.includes('\r\n'));
  return text.split('\r\n')[0] ?? '';
}

const get = (path: string, address: string): Promise<Response> =>
  fetch(`${api.url}${path}`, { headers: { 'x-forwarded-for': address } });

describe('requests', () => {
  it('beyond what an address may ask are 429 with the time to wait, before anything is read; health is not among them', async () => {
    for (let n = 0; n < 20; n++) expect((await get('/metrics', '10.1.1.1')).status).toBe(403);
    // A path that only begins like the one that may always be asked.
    for (const path of ['/metrics', '/healthy', '/healthz']) {
      const refused = await get(path, '10.1.1.1');
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
      const { errors } = (await refused.json()) as { errors: { extensions: unknown }[] };
      expect(errors[0]?.extensions).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    }
    expect((await get('/health/live', '10.1.1.1')).status).toBe(200);
    expect((await get('/metrics', '10.1.1.2')).status).toBe(403);
  });

  it('of one sign-in are counted for it, from wherever they come and whatever else they carry', async () => {
    const administrator = await api.firstAdministrator();
    const codes: number[] = [];
    for (let n = 0; n < 10; n++) {
      administrator.address = `10.1.2.${n}`;
      const headers = { ...administrator.headers, authorization: `Bearer ${newId()}` };
      codes.push((await post(administrator.url, { query: '{ me { id } }', headers })).status);
    }
    expect(codes.filter((status) => status === 429)).toHaveLength(4);
    expect((await api.staff().ask('me')).status).toBe(200);
  });

  /** Begins a request and sends next to nothing of its body. */
  function begin(address: string, length: string): Promise<string> {
    const lines = ['POST /graphql/staff HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', length];
    return statusLine(connection().write(`${[...lines, `X-Forwarded-For: ${address}`].join('\r\n')}\r\n\r\n`));
  }

  const untilNoneOf = (address: string): Promise<void> =>
    until('they are forgotten', () => api.node.limits.held('requestsInFlightOfAddress').of(address) === 0);

  it('at the same time are so many of one address', async () => {
    // Three wait for the rest of their body; whichever came last is answered at once.
    const answers = Array.from({ length: 4 }, () => begin('10.1.3.1', 'Content-Length: 100'));
    expect(await Promise.race(answers)).toBe('HTTP/1.1 429 Too Many Requests');
    for (const made of connections) made.cut();
    await Promise.all(answers);
    await untilNoneOf('10.1.3.1');
  });

  it.each([
    ['Content-Length: 60000', '10.1.5.1'],
    // However much it says, no more is read of it than an endpoint takes.
    ['Content-Length: 500000000', '10.1.5.2'],
    ['Transfer-Encoding: chunked', '10.1.5.3'],
  ])('of one address may have so many bytes a second: %s', async (length, address) => {
    const answers = [begin(address, length), begin(address, length)];
    expect(await Promise.race(answers)).toContain(' 429 ');
    for (const made of connections) made.cut();
    await Promise.all(answers);
    await untilNoneOf(address);
  });

  it('are answered with a bounded complaint, however long the value is that is wrong', async () => {
    const { text } = operation(customerOperations, 'joinByNumber');
    const variables = { commandId: newId(), number: { long: 'x'.repeat(40_000) }, name: 'Ana' };
    const answer = await post(`${api.url}/graphql/customer`, { query: text, variables });
    expect(answer.code).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(answer.errors).length).toBeLessThan(1000);
  });
});

describe('connections', () => {
  const inFlight = ['requestsInFlightOfAddress', 'healthInFlightOfAddress'] as const;
  const most = holdings.requestsInFlightOfConnection;

  it.each([
    ['a page', 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['health', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a page without a host', 'GET /metrics HTTP/1.1\r\n\r\n'],
    ['a page with an expectation', 'GET /metrics HTTP/1.1\r\nHost: localhost\r\nExpect: much\r\n\r\n'],
  ])('on which %s is asked for many times without waiting are read no further, and cut', async (_, asked) => {
    const other = await startDirect({});
    const answersTo = async (many: number): Promise<number> => {
      const answersIn = (text: string): number => text.split('HTTP/1.1 ').length - 1;
      const made = connection(other).write(asked.repeat(many));
      return answersIn(await made.hears((text) => answersIn(text) === many));
    };
    expect(await answersTo(most)).toBe(most);
    expect(await answersTo(1000)).toBeLessThanOrEqual(most);
    expect(await answersTo(1)).toBe(1);
    // Who goes away, or says what is no HTTP, waits for nothing either.
    for (const end of ['', '\0\r\n']) {
      const { socket } = connection(other);
      socket.write(asked.repeat(most - 1) + end, () => socket.destroy());
    }
    for (const name of inFlight) await until('nothing is held', () => other.node.limits.held(name).size === 0);
  });

  it('that become live before what was asked on them is answered are cut', async () => {
    const other = await startDirect({});
    expect((await upgraded('10.1.4.4', other)).answer).toContain('101');
    const page = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n';
    expect(
      await connection(other)
        .write(page + upgrade('10.1.4.4'))
        .heard(),
    ).not.toContain('HTTP/1.1 101');
  });

  const upgrade = (address: string): string =>
    `GET /graphql/customer HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

  async function upgraded(address: string, to = api): Promise<{ made: RawConnection; answer: string }> {
    const made = connection(to).write(upgrade(address));
    return { made, answer: await statusLine(made) };
  }

  it('that never say who they are give way to newer ones of their address, and are cut after a moment', async () => {
    const closed: number[] = [];
    for (let n = 0; n < 6; n++) {
      const { made, answer } = await upgraded('10.1.4.1');
      expect(answer).toContain('101');
      void made.closed.then(() => closed.push(n));
    }
    expect(api.node.limits.strangers.size).toBeLessThanOrEqual(4);
    // They answer no goodbye.
    await until('all are cut', () => closed.length === 6);
    expect(closed.slice(0, 2)).toEqual([0, 1]);
    expect(api.node.limits.strangers.size).toBe(0);
  });

  it('of one address are cut where no proxy stands in front; one that answers the goodbye with nonsense holds up no end', async () => {
    const other = await startDirect({ holdings: { connectionsOfAddress: 5 } });
    const { made } = await upgraded('10.1.4.3', other);
    const further = Array.from({ length: 8 }, () => connection(other));
    await until('four are cut', () => further.filter(({ socket }) => socket.closed).length === 4);
    expect(other.node.limits.held('connectionsOfAddress').of('127.0.0.1')).toBe(5);
    made.socket.on('data', () => made.socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff])));
    direct.splice(direct.indexOf(other), 1);
    await other.close();
  });
});

it('joins of one address are refused for a while without being guesses, each refusal half a second late', async () => {
  const visitor = api.customer();
  const codes: string[] = [];
  const begun = performance.now();
  for (let n = 0; n < 5; n++)
    codes.push((await visitor.ask('joinByNumber', { commandId: newId(), number: '111111111', name: 'Ana' })).code);
  expect(codes.slice(3)).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS']);
  expect(performance.now() - begun).toBeGreaterThan(900);
  expect(api.node.limits.held('refusalsDelayedOfAddress').size).toBe(0);
});
