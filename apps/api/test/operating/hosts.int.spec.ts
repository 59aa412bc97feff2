import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';
import { customerOperations, operation } from '../support/operations';
import { RawConnection } from '../support/raw-connection';
import { sendRaw } from '../support/raw-request';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start({ settings: { DESKSIDE_HOSTS: 'deskside.internal' } });
});
afterAll(() => api.close());

const paths = [
  '/',
  '/dashboard/',
  '/metrics',
  '/graphql/staff',
  '/graphql/customer',
  '/media/rtc/validate',
  '/nowhere',
];

/** What comes back for these very lines until the server has nothing more to say. */
async function say(...lines: readonly string[]): Promise<string> {
  const connection = new RawConnection(api.url).write(`${lines.join('\r\n')}\r\n\r\n`);
  // A WebSocket that is open says nothing by itself.
  const text = await connection.hears((said) => said.startsWith('HTTP/1.1 101 '));
  connection.cut();
  return text;
}

const upgrade = (path: string, host: string, ...more: readonly string[]): Promise<string> =>
  say(`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: Upgrade', 'Upgrade: websocket', ...more);
const webSocket = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];

describe('a request under the name of a stranger', () => {
  it.each(paths)('for %s is told that this is not its site, and nothing else', async (target) => {
    const answer = await sendRaw(api.url, { target, headers: { host: 'evil.example' } });
    expect(answer.status).toBe(421);
    expect(answer.text).toMatch(/^This site is not known by that name\. .*DESKSIDE_HOSTS.*\n$/);
    expect((await sendRaw(api.url, { target, headers: { host: 'localhost' } })).status).not.toBe(421);
  });

  it('may ask whether the server is well', async () => {
    for (const target of ['/health/live', '/health/ready'])
      expect((await sendRaw(api.url, { target, headers: { host: 'evil.example' } })).status).toBe(200);
    expect((await sendRaw(api.url, { target: '/healthy', headers: { host: 'evil.example' } })).status).toBe(421);
  });

  it('is not signed in, and reads nothing that is open to this machine', async () => {
    const body = JSON.stringify({ query: operation(customerOperations, 'site').text });
    const headers = { host: 'evil.example', origin: 'http://evil.example', 'content-type': 'application/json' };
    for (const target of ['/graphql/staff', '/graphql/customer'])
      expect((await sendRaw(api.url, { method: 'POST', target, headers, body })).status).toBe(421);
  });

  it('opens no WebSocket', async () => {
    for (const path of ['/graphql/staff', '/graphql/customer', '/media/rtc', '/'])
      expect(await upgrade(path, 'evil.example', ...webSocket)).toMatch(/^HTTP\/1\.1 421 [^]*DESKSIDE_HOSTS/);
  });
});

it('a name that is set is one of the site, for pages and WebSockets', async () => {
  expect((await sendRaw(api.url, { target: '/metrics', headers: { host: 'Deskside.internal:80' } })).status).toBe(200);
  const protocol = 'Sec-WebSocket-Protocol: graphql-transport-ws';
  expect(await upgrade('/graphql/staff', 'deskside.internal', ...webSocket, protocol)).toMatch(/^HTTP\/1\.1 101 /);
});

it('a request that does not say for whom it is, or says it twice, is none', async () => {
  expect(await say('GET /metrics HTTP/1.1', 'Connection: close')).toMatch(/^HTTP\/1\.1 400 /);
  expect(await say('GET /metrics HTTP/1.0')).toMatch(/^HTTP\/1\.1 400 /);
  const two = ['Host: localhost', 'Host: evil.example', 'Connection: close'];
  expect(await say('GET /metrics HTTP/1.1', ...two)).toMatch(/^HTTP\/1\.1 400 /);
});

describe('an upgrade', () => {
  it.each(['h2c', 'TLS/1.0', 'foo', 'h2c, websocket'])('to %s is passed over, and the request answered', async (to) => {
    const more = [`Upgrade: ${to}`, 'HTTP2-Settings: AAMAAABkAAQAAP__'];
    const get = await say('GET /health/live HTTP/1.1', 'Host: localhost', 'Connection: Upgrade, close', ...more);
    expect(get).toMatch(/^HTTP\/1\.1 200 [^]*\{"status":"live"\}/);
    const body = JSON.stringify({ query: operation(customerOperations, 'site').text });
    const headers = { 'content-type': 'application/json', connection: 'Upgrade', upgrade: to };
    const answer = await sendRaw(api.url, { method: 'POST', target: '/graphql/customer', headers, body });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.text).toContain('"site"');
  });

  it('to a WebSocket where there is none is told so', async () => {
    for (const path of ['/', '/graphql', '/graphql/staff/more', '/health/live'])
      expect(await upgrade(path, 'localhost', ...webSocket)).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  });

  it('to a WebSocket that cannot be is told so', async () => {
    expect(await upgrade('/graphql/staff', 'localhost')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(await upgrade('/graphql/staff', 'localhost', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: x')).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n/,
    );
  });
});
