import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';
import type { LimitsOptions } from '../../src/limits/limits';
import { newId } from '../support/people';

let api: ApiUnderTest;
const start = async (limits: LimitsOptions, settings = {}): Promise<ApiUnderTest> =>
  (api = await ApiUnderTest.start({ limits, settings }));
afterEach(() => api.close());

const slowly = (burst: number) => ({ burst, perSecond: 0.01 });

describe('requests', () => {
  it('beyond what an address may ask are 429 with the time to wait, before anything is read; health never is', async () => {
    await start({ rates: { requestsOfAddress: slowly(5) } });
    const get = (path: string, address: string): Promise<Response> =>
      fetch(`${api.url}${path}`, { headers: { 'x-forwarded-for': address } });
    for (let n = 0; n < 5; n++) expect((await get('/metrics', '10.1.1.1')).status).toBe(403);
    const refused = await get('/metrics', '10.1.1.1');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    const { errors } = (await refused.json()) as { errors: { extensions: unknown }[] };
    expect(errors[0]?.extensions).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect((await get('/health/live', '10.1.1.1')).status).toBe(200);
    expect((await get('/metrics', '10.1.1.2')).status).toBe(403);
  });

  it('of one sign-in are counted for it, from wherever they come', async () => {
    await start({ rates: { requestsOfCaller: slowly(6) } });
    const administrator = await api.firstAdministrator();
    const codes: number[] = [];
    for (let n = 0; n < 10; n++) {
      administrator.address = `10.1.2.${n}`;
      codes.push((await administrator.ask('me')).status);
    }
    expect(codes.filter((status) => status === 429)).toHaveLength(4);
    expect((await api.staff().ask('me')).status).toBe(200);
  });

  it('at the same time are so many of one address', async () => {
    await start({ holdings: { requestsInFlightOfAddress: 3 } });
    const port = Number(new URL(api.url).port);
    /** Begins a request and sends no body. */
    const begin = async (): Promise<string> => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      const head =
        'POST /graphql/staff HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Forwarded-For: 10.1.3.1\r\nContent-Length: 100\r\n\r\n{';
      socket.write(head);
      held.push(() => socket.destroy());
      const [answer] = await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => ['cut'])]);
      return String(answer).split('\r\n')[0] ?? '';
    };
    const held: (() => void)[] = [];
    // Three wait for the rest of their body; whichever came last is answered at once.
    const answers = [begin(), begin(), begin(), begin()];
    expect(await Promise.race(answers)).toBe('HTTP/1.1 429 Too Many Requests');
    for (const end of held) end();
    await Promise.all(answers);
    const free = async (): Promise<number> =>
      (await fetch(`${api.url}/metrics`, { headers: { 'x-forwarded-for': '10.1.3.1' } })).status;
    let status = await free();
    while (status === 429) status = await free();
    expect(status).toBe(403);
  });
});

describe('connections', () => {
  it('that never say who they are are so many of one address', async () => {
    await start({ holdings: { unacknowledgedOfAddress: 4 } });
    const upgrade = async (address: string): Promise<string> => {
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
      socket.write(
        `GET /graphql/customer HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
      return String((await once(socket, 'data'))[0]).split('\r\n')[0] ?? '';
    };
    const answers: string[] = [];
    for (let n = 0; n < 6; n++) answers.push(await upgrade('10.1.4.1'));
    expect(answers.filter((line) => line.includes('101'))).toHaveLength(4);
    expect(answers.filter((line) => line.includes('429'))).toHaveLength(2);
    expect(await upgrade('10.1.4.2')).toContain('101');
  });

  it('of one address are cut where no proxy stands in front', async () => {
    await start({ holdings: { connectionsOfAddress: 5 } }, { DESKSIDE_TRUST_PROXY: '0' });
    const sockets = Array.from({ length: 9 }, () => connect(Number(new URL(api.url).port), '127.0.0.1'));
    const closed = sockets.map((socket) => once(socket, 'close').then(() => 'closed'));
    const cut = await Promise.race([Promise.all(closed.slice(5)), Promise.all(closed.slice(0, 5))]);
    expect(cut).toHaveLength(4);
    for (const socket of sockets) socket.destroy();
  });
});

it('joins of one address are refused for a while without being guesses', async () => {
  await start({ rates: { entriesOfAddress: slowly(3) } });
  const visitor = api.customer();
  const codes: string[] = [];
  for (let n = 0; n < 5; n++)
    codes.push((await visitor.ask('joinByNumber', { commandId: newId(), number: '111111111', name: 'Ana' })).code);
  expect(codes.slice(3)).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS']);
});
