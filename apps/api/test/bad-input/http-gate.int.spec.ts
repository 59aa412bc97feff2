import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';
import { customerOperations, operation } from '../support/operations';
import type { Staff } from '../support/people';
import { sendRaw } from '../support/raw-request';
import type { RawAnswer, RawRequest } from '../support/raw-request';

let api: ApiUnderTest;
let csr: Staff;
let errors: jest.SpiedFunction<(message: string, error: unknown) => void>;
let console_: jest.SpiedFunction<typeof console.error>;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  csr = await api.colleague(await api.firstAdministrator(), ['representative']);
});
beforeEach(() => {
  errors = jest.spyOn(api.node.log, 'error');
  console_ = jest.spyOn(console, 'error');
});
afterEach(() => {
  // Nothing that a client sends is a fault of ours.
  expect(errors).not.toHaveBeenCalled();
  expect(console_).not.toHaveBeenCalled();
  jest.restoreAllMocks();
});
afterAll(() => api.close());

const endpoints = ['/graphql/staff', '/graphql/customer'] as const;
const json = { 'content-type': 'application/json' };
const known = operation(customerOperations, 'site').text;

/** What came back, which must be an error of GraphQL's form without anything from inside. */
async function refused(request: RawRequest): Promise<RawAnswer & { readonly code: string }> {
  const answer = await sendRaw(api.url, request);
  expect(answer.text).not.toMatch(/node_modules|\bat \/|SyntaxError|TypeError|Unexpected token/);
  const { errors: told } = JSON.parse(answer.text) as {
    errors: readonly { message: string; extensions: { code: string } }[];
  };
  expect(told).toHaveLength(1);
  return { ...answer, code: told[0]?.extensions.code ?? '' };
}

describe.each(endpoints)('%s', (target) => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('takes no %s, and says what it takes', async (method) => {
    const answer = await refused({ method, target, headers: json, body: '{"query":"{ me { id } }"}' });
    expect(answer).toMatchObject({ status: 405, code: 'BAD_USER_INPUT' });
    expect(answer.headers.allow).toBe('GET, POST');
  });

  it('takes no HEAD', async () => {
    expect(await sendRaw(api.url, { method: 'HEAD', target })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, POST' },
    });
  });

  it('asks for a query by GET', async () => {
    const headers = { 'apollo-require-preflight': '1' };
    for (const search of ['', '?', '?query=', '?query', '?query=a&query=b', '?query[]=a', '?variables=x'])
      expect((await refused({ target: `${target}${search}`, headers })).status).toBe(400);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml', 'x'])(
    'takes no body of %s',
    async (type) => {
      const answer = await refused({
        method: 'POST',
        target,
        headers: { 'content-type': type },
        body: '{"query":"x"}',
      });
      expect(answer).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' });
    },
  );

  it.each([
    ['without a type', {}, '{"query":"{ me { id } }"}', 415],
    ['in no known letters', { 'content-type': 'application/json; charset=foo' }, '{}', 415],
    ['in a packing that is none', { ...json, 'content-encoding': 'foo' }, '{}', 415],
    ['that is not what it is packed as', { ...json, 'content-encoding': 'gzip' }, '{}', 415],
    ['in letters of another width', { 'content-type': 'application/json; charset=utf-16' }, '{"query":"x"}', 400],
    ['of half an object', json, '{"query":', 400],
    ['of a list', json, '[{"query":"{ me { id } }"}]', 400],
    ['of a number', json, '7', 400],
    ['of null', json, 'null', 400],
    ['of a text', json, '"{ me { id } }"', 400],
    ['that is too large', json, `{"query":"${'x'.repeat(600_000)}"}`, 413],
    ['that is packed', { ...json, 'content-encoding': 'gzip' }, gzipSync('{}'), 415],
  ])('takes no body %s', async (_, headers, body, status) => {
    const answer = await refused({ method: 'POST', target, headers: headers as Record<string, string>, body });
    expect(answer).toMatchObject({ status, code: 'BAD_USER_INPUT' });
  });

  it('takes no request without a body', async () => {
    expect(await refused({ method: 'POST', target })).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' });
    expect((await refused({ method: 'POST', target, headers: json })).status).toBe(400);
    expect((await refused({ method: 'POST', target, headers: json, body: '' })).status).toBe(400);
  });
});

describe('a subscription', () => {
  const watch = 'mediaState { status }';
  const documents: readonly (readonly [string, string, string | null])[] = [
    ['with a name', `subscription A { ${watch} }`, 'A'],
    ['without one', `subscription { ${watch} }`, null],
    ['of a list', 'subscription { mySessions { position } }', null],
    ['picked among several', `query A { me { id } } subscription B { ${watch} }`, 'B'],
    ['in a fragment', 'subscription { ...F } fragment F on Subscription { mediaState { status } }', null],
    ['with a directive', `subscription @include(if: true) { ${watch} }`, null],
    ['whose field has one', 'subscription { mediaState @include(if: true) { status } }', null],
    ['of nothing', 'subscription { mediaState @skip(if: true) { status } }', null],
    ['of its type only', 'subscription { __typename }', null],
  ];

  it.each(documents)('%s is refused over HTTP before anything runs', async (_, query, operationName) => {
    const head = await api.node.store.head();
    for (const headers of [json, { ...json, ...csr.headers }]) {
      const body = JSON.stringify({ query, operationName });
      const answer = await sendRaw(api.url, { method: 'POST', target: '/graphql/staff', headers, body });
      expect(answer).toMatchObject({ status: 400 });
      const search = new URLSearchParams({ query, ...(operationName === null ? {} : { operationName }) });
      const byGet = { 'apollo-require-preflight': '1', ...headers };
      const got = await sendRaw(api.url, { target: `/graphql/staff?${search}`, headers: byGet });
      expect(got).toMatchObject({ status: 400 });
      for (const { text } of [answer, got]) expect(text).not.toContain('INTERNAL');
    }
    expect(await api.node.store.head()).toBe(head);
  });

  it('of the customer pages is, too', async () => {
    const { text: query } = operation(customerOperations, 'mediaState');
    const body = JSON.stringify({ query });
    const answer = await refused({ method: 'POST', target: '/graphql/customer', headers: json, body });
    expect(answer).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it.each([
    ...['subscription { mediaState @skip(if: true) { status } }', 'subscription { __typename }'],
    'subscription ($w: Boolean!) { mediaState @include(if: $w) { status } }',
    'subscription { ... @include(if: false) { mediaState { status } } }',
    'subscription { ...F } fragment F on Subscription { ...G } fragment G on Subscription { mediaState @skip(if: true) { status } }',
    ...['subscription { mediaState { status } developmentMailCaught }', 'subscription A { mediaState { nothing } }'],
  ])('%s is refused over WebSocket, and the connection goes on', async (query) => {
    const socket = await csr.socket();
    expect(await socket.codeFor(query, { w: false })).toBe('BAD_USER_INPUT');
    expect(await socket.codeFor('{ me { id } }', {})).toBe('ok');
    await socket.close();
  });
});

describe('a value that cannot be', () => {
  it('is the sender\u2019s fault wherever graphql-js finds it', async () => {
    const asked =
      'query ($id: ID = "x", $if: Boolean = true) { sessionHistory(sessionId: $id) @include(if: $if) { hash: recordedAt } }';
    const socket = await csr.socket();
    for (const variables of [{ id: null }, { if: null }, { if: 'x' }, { id: {} }]) {
      const body = JSON.stringify({ query: asked, variables });
      const { text } = await sendRaw(api.url, {
        method: 'POST',
        target: '/graphql/staff',
        headers: { ...json, ...csr.headers },
        body,
      });
      expect(text).toContain('"code":"BAD_USER_INPUT"');
      expect(await socket.codeFor(asked, variables)).toBe('BAD_USER_INPUT');
    }
    await socket.close();
  });

  it('of a scalar is refused, as a variable and written out, over HTTP and WebSocket', async () => {
    const socket = await csr.socket();
    const wrong = (type: string): readonly string[] => (type === 'Position' ? positions : instants);
    for (const [field, type] of [
      ['accounts(atLeast: X) { position }', 'Position'],
      ['siteHistory(before: X) { olderBefore }', 'Position'],
      ['sessions(from: X) { position }', 'Instant'],
      ['findSessions(to: X) { isRecorded }', 'Instant'],
    ] as const)
      for (const value of [...wrong(type), 7, true, {}, []]) {
        const asVariable = `query ($x: ${type}) { ${field.replaceAll('X', '$x')} }`;
        expect(await socket.codeFor(asVariable, { x: value })).toBe('BAD_USER_INPUT');
        if (typeof value === 'object') continue;
        const written = `{ ${field.replaceAll('X', JSON.stringify(value))} }`;
        expect(await socket.codeFor(written, {})).toBe('BAD_USER_INPUT');
        const body = JSON.stringify({ query: written });
        const answer = await refused({ method: 'POST', target: '/graphql/staff', headers: json, body });
        expect(answer).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
      }
    await socket.close();
  });

  const positions = ['nonsense', '', '-1', '1e9', '1/', '/1', '1/2/3', '1'.repeat(21), ' 1', '1\n', '١', '0x1'];
  const instants = [
    ...[
      'yesterday',
      '',
      '2026-11-20',
      '2026-11-20T09:00:00Z',
      '2026-11-20T09:00:00.000+00:00',
      '2026-13-01T00:00:00.000Z',
    ],
    ...[
      '2026-02-30T00:00:00.000Z',
      '+012026-11-20T09:00:00.000Z',
      '2026-11-20t09:00:00.000z',
      '2026-11-20T24:00:00.000Z',
    ],
  ];
});

describe('elsewhere', () => {
  it.each(['/%E0%A4%A', '/dashboard/%E0%A4%A', '/graphql/%', '/health/%E0', '/media/%', '/metrics/%', '/%00', '//'])(
    'GET and POST of %s find nothing',
    async (target) => {
      for (const method of ['GET', 'POST']) {
        const answer = await sendRaw(api.url, { method, target });
        expect(answer.status).toBe(404);
        expect(answer.text).not.toMatch(/node_modules|\bat \//);
      }
    },
  );

  it('a word from a media server is read only as it would send it', async () => {
    const target = '/media/webhook';
    const statusFor = async (headers: Record<string, string>, body: string): Promise<number> => {
      const answer = await sendRaw(api.url, { method: 'POST', target, headers, body });
      expect(answer.text).not.toMatch(/node_modules|\bat \//);
      return answer.status;
    };
    const webhook = { 'content-type': 'application/webhook+json' };
    expect(await statusFor({}, '')).toBe(415);
    expect(await statusFor(json, '{')).toBe(415);
    expect(await statusFor(webhook, 'x'.repeat(600_000))).toBe(413);
    expect(await statusFor({ ...webhook, 'content-encoding': 'foo' }, '{}')).toBe(415);
    expect(await statusFor(webhook, '{}')).toBe(503);
  });
});

it('a known operation is taken by GET from where it stands, whatever else stands in the address', async () => {
  const headers = { 'apollo-require-preflight': '1' };
  const query = encodeURIComponent(known);
  const statusFor = async (target: string): Promise<number> => (await sendRaw(api.url, { target, headers })).status;
  expect(await statusFor(`/graphql/customer?query=${query}`)).toBe(200);
  expect(await statusFor(`/graphql/customer?a=b&query=${query}&c=d`)).toBe(200);
  expect(await statusFor(`/graphql/customer?query=${query}&query=${query}`)).toBe(400);
  expect(await statusFor(`/graphql/customer?query=${query}&query=%7Bsite%7Bname%7D%7D`)).toBe(400);
  expect(await statusFor(`/graphql/customer?%71uery=${query}`)).toBe(200);
});
