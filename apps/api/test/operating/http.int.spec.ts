import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { lexicographicSortSchema, parse, printSchema, validate } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { generate } from 'selfsigned';
import { EndpointSockets } from '../../src/graphql/endpoint-sockets';
import type { SocketHandlers } from '../../src/graphql/endpoint-sockets';
import { SocketHold } from '../../src/graphql/socket-hold';
import { Limits } from '../../src/limits/limits';
import { version } from '../../src/node/version';
import { post } from '../support/answer';
import { ApiUnderTest, newFolder } from '../support/api-under-test';
import { committedSchema, customerOperations, operation, staffOperations } from '../support/operations';
import { newId } from '../support/people';

const token = 'a-token-for-the-figures';
let api: ApiUnderTest;
let guarded: ApiUnderTest;
/** What the server gave its live connections, by path. */
const handlersOf = new Map<string, SocketHandlers>();
beforeAll(async () => {
  const serve = jest.spyOn(EndpointSockets.prototype, 'serve');
  api = await ApiUnderTest.start();
  for (const [path, handlers] of serve.mock.calls) handlersOf.set(path, handlers);
  guarded = await ApiUnderTest.start({ settings: { DESKSIDE_METRICS_TOKEN: token } });
});
afterEach(() => void jest.restoreAllMocks());
afterAll(async () => {
  await api.close();
  await guarded.close();
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${api.url}${path}`, { headers });

describe('the schema', () => {
  /** The one by which an operation over a live connection is executed; HTTP has the same object. */
  async function served(path: string, query: string): Promise<GraphQLSchema> {
    const handlers = handlersOf.get(path);
    const request = { headers: {}, socket: {} };
    const hold = SocketHold.open(new Limits(), '127.0.0.1', () => undefined);
    const args = await handlers?.onSubscribe?.({ extra: { request, hold } } as never, '1', { query });
    if (args === undefined || !('schema' in args)) throw new Error(`Not taken: ${query}`);
    return args.schema;
  }

  it.each([
    ['staff', '{ me { id } }'],
    ['customer', operation(customerOperations, 'site').text],
  ] as const)('that is served to %s is the committed one, with every word of it', async (endpoint, query) => {
    const schema = await served(`/graphql/${endpoint}`, query);
    expect(printSchema(lexicographicSortSchema(schema))).toBe(
      printSchema(lexicographicSortSchema(committedSchema(endpoint))),
    );
  });

  it('of customers, as committed, takes every operation that the customer pages were built with, and each is served', async () => {
    for (const { text, kind, name } of customerOperations.values()) {
      expect(validate(committedSchema('customer'), parse(text))).toEqual([]);
      if (kind === 'subscription') continue;
      const { code } = await post(`${api.url}/graphql/customer`, {
        query: text,
        variables: {
          ...{ commandId: newId(), number: '', link: '', name: 'Ana', to: '', text: 'x', messageId: '', typing: true },
          ...{ requestId: '', grantId: '', endedGrantId: '', surface: '', reason: '', muted: true },
          device: { browser: '', system: '', form: '', canShareScreen: true, microphones: 0, cameras: 0 },
        },
      });
      expect([name, code]).toEqual([
        name,
        expect.stringMatching(/^(ok|NOT_SIGNED_IN|SESSION_NUMBER_UNKNOWN|INVITATION_NOT_VALID|INPUT_INVALID)$/),
      ]);
    }
  });

  it('is of the version that stands in every event', async () => {
    const workspace = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8')) as {
      version: string;
    };
    expect(workspace.version).toBe(version);
    expect(await api.staff().do('site')).toMatchObject({ version });
    for (const { writer } of await api.events()) expect(writer).toMatchObject({ version });
  });
});

describe('health', () => {
  it('is live and ready', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'live' });
    const ready = await get('/health/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      ...{ status: 'ready', log: 'whole', vault: 'ready' },
      ...{ secondPlace: 'none', failedProjections: [] },
    });
  });

  it('is not ready when a read model has failed, which is named', async () => {
    const [state, ...others] = api.node.readModels.states();
    if (state === undefined) throw new Error('There are read models.');
    const failed = { ...state, status: 'failed', lastError: 'for a test' } as const;
    jest.spyOn(api.node.readModels, 'states').mockReturnValue([failed, ...others]);
    const ready = await get('/health/ready');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      status: 'notReady',
      log: 'whole',
      vault: 'ready',
      secondPlace: 'none',
      failedProjections: [state.name],
    });
    expect((await get('/health/live')).status).toBe(200);
  });

  it('is not ready while nothing writes the vault', async () => {
    jest.spyOn(api.node.vault, 'trouble').mockReturnValue('its thread ended');
    const ready = await get('/health/ready');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: 'notReady', vault: 'unavailable' });
    expect(await (await figuresOf(api)).text()).toContain('deskside_vault_unavailable 1');
  });
});

const figuresOf = (of: ApiUnderTest, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${of.url}/metrics`, { headers });

describe('the figures', () => {
  it('are for this machine alone, not for whoever asks through a proxy on it', async () => {
    const answer = await figuresOf(api);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    for (const name of [
      'deskside_feeds_watched 0',
      'deskside_log_damaged 0',
      'deskside_projection_lag_events{projection="sessions"}',
    ])
      expect(text).toContain(name);
    expect((await figuresOf(api, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(403);
    expect((await figuresOf(api, { forwarded: 'for=203.0.113.7' })).status).toBe(403);
  });

  it('are for whoever has the token, when there is one', async () => {
    for (const authorization of ['', 'Bearer ', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, token])
      expect((await figuresOf(guarded, { authorization })).status).toBe(403);
    expect((await figuresOf(guarded)).status).toBe(403);
    expect(
      (await figuresOf(guarded, { authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.7' })).status,
    ).toBe(200);
  });
});

describe('every answer', () => {
  it.each(['/graphql/staff', '/graphql/customer', '/health/live', '/metrics', '/nowhere.txt'])(
    '%s has the security headers',
    async (path) => {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it('to an upgrade for something else than the endpoints is none', async () => {
    const { WebSocket } = await import('ws');
    for (const path of ['/', '/graphql', '/graphql/staff/more', '/graphql/staffx', '/health/live']) {
      const socket = new WebSocket(`${api.url.replace('http', 'ws')}${path}`, 'graphql-transport-ws');
      await new Promise((failed) => socket.once('error', failed));
    }
  });
});

describe('over https of its own', () => {
  const folder = newFolder();
  let secure: ApiUnderTest;
  let certificate: string;
  beforeAll(async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    writeFileSync(join(folder, 'cert.pem'), (certificate = cert));
    writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 });
    const tls = { DESKSIDE_TLS_CERT_FILE: join(folder, 'cert.pem'), DESKSIDE_TLS_KEY_FILE: join(folder, 'key.pem') };
    secure = await ApiUnderTest.start({ settings: tls });
  });
  afterAll(async () => {
    await secure.close();
    rmSync(folder, { recursive: true });
  });

  /** A cookie that the endpoint sets. */
  function cookieFor(path: string, body: object): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = request(
        `${secure.url}${path}`,
        { method: 'POST', ca: certificate, headers: { 'content-type': 'application/json' } },
        (response) => {
          response.resume().on('end', () => resolve(response.headers['set-cookie']?.[0] ?? ''));
        },
      );
      sent.on('error', reject).end(JSON.stringify(body));
    });
  }

  it('passes an upgrade to another protocol over', async () => {
    const headers = { connection: 'Upgrade', upgrade: 'h2c' };
    const status = new Promise((resolve, reject) => {
      const sent = request(`${secure.url}/health/live`, { ca: certificate, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject).end();
    });
    expect(await status).toBe(200);
  });

  it('speaks it, says so in its address, and sends every cookie by it alone', async () => {
    expect(secure.url).toMatch(/^https:\/\/localhost:\d+$/);
    const { email, password } = secure.server.firstAdministrator ?? {};
    const signIn = { query: operation(staffOperations, 'signIn').text, variables: { email, password } };
    expect(await cookieFor('/graphql/staff', signIn)).toMatch(
      /^deskside_sign_in=.*; HttpOnly; Secure; SameSite=Strict$/,
    );
  });
});

it('a customer\u2019s way back is a cookie for the customer endpoint alone', async () => {
  const csr = await api.colleague(await api.firstAdministrator(), ['representative']);
  const { number } = await csr.startSession();
  const query = operation(customerOperations, 'joinByNumber').text;
  const variables = { commandId: newId(), number, name: 'Ana' };
  const joining = { query, variables, headers: { 'x-forwarded-for': '10.9.0.1' } };
  const { headers, text } = await post(`${api.url}/graphql/customer`, joining);
  const [cookie = ''] = headers.getSetCookie();
  expect(cookie).toMatch(
    /^deskside_return=[\w-]{43}; Max-Age=86400; Path=\/graphql\/customer; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  );
  // What the page gets to keep in memory is another secret than the one in the cookie.
  expect(text).not.toContain(cookie.slice(16, 59));
});
