import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { PublicUrl } from '../node/public-url';
import { servePages } from './pages';

let folder: string;
let server: Server;
let origin: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-pages-'));
  for (const app of ['dashboard', 'customer']) {
    mkdirSync(join(folder, app));
    const page = `<base href="/"><script nonce="__CSP_NONCE__"></script><app ngCspNonce="__CSP_NONCE__">${app}</app>`;
    writeFileSync(join(folder, app, 'index.html'), page);
    writeFileSync(join(folder, app, 'main-ABCD1234.js'), `// ${app}`);
    writeFileSync(join(folder, app, 'chunk-BIG.js'), `// ${app} `.repeat(1000));
    writeFileSync(join(folder, app, '.env'), 'secret');
  }
  writeFileSync(join(folder, 'outside.txt'), 'outside');
  const app = express();
  servePages(app, new PublicUrl('https://support.example.com'), (name) => join(folder, name));
  app.use('/graphql/staff', (_request, response) => void response.send('served'));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, options: RequestInit = {}): Promise<Response> => fetch(`${origin}${path}`, options);

/** A path as it is, without the tidying that a browser does. */
async function getRaw(path: string): Promise<{ status: number | undefined; text: string }> {
  const sent = request(`${origin}/`, { path });
  sent.end();
  const [response] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, text };
}

function nonceIn(policy: string | null): string {
  return /style-src 'self' 'nonce-([A-Za-z0-9+/=]+)'/.exec(policy ?? '')?.[1] ?? '';
}

it.each(['/%E0%A4%A', '/%E0%A4%A.js', '/dashboard/%', '/dashboard/%.js', '/%00', '/%00.js'])(
  '%s, which cannot be read, is no fault of the server',
  async (path) => {
    const { status, text } = await getRaw(path);
    expect(status).toBeLessThan(500);
    expect(text).not.toMatch(/node_modules|\bat \//);
  },
);

describe('a page', () => {
  it.each(['/', '/join', '/some/deep/link', '/dashboard/', '/dashboard', '/dashboard/sessions/1', '/index.html'])(
    '%s comes with the nonce of its own policy in every place, and is never kept',
    async (path) => {
      const response = await get(path);
      const text = await response.text();
      const nonce = nonceIn(response.headers.get('content-security-policy'));
      expect(response.status).toBe(200);
      expect(nonce).toHaveLength(24);
      expect(text.split(nonce)).toHaveLength(3);
      expect(text).not.toContain('__CSP_NONCE__');
      expect(text).toContain(path.startsWith('/dashboard') ? 'dashboard</app>' : 'customer</app>');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    },
  );

  it('has another nonce each time', async () => {
    const nonces = await Promise.all(
      Array.from({ length: 20 }, async () => nonceIn((await get('/')).headers.get('content-security-policy'))),
    );
    expect(new Set(nonces).size).toBe(20);
  });

  it('may load nothing from elsewhere, run nothing inline, and stand in no frame', async () => {
    const { headers } = await get('/');
    const policy = headers.get('content-security-policy') ?? '';
    for (const directive of [
      "default-src 'self'",
      "script-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
      expect(policy.split(';')).toContain(directive);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('finds its hashed files kept for ever, each app its own, and no page in the place of one that is missing', async () => {
    for (const [path, app] of [
      ['/main-ABCD1234.js', 'customer'],
      ['/dashboard/main-ABCD1234.js', 'dashboard'],
    ] as const) {
      const response = await get(path);
      expect(await response.text()).toBe(`// ${app}`);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('content-security-policy')).not.toBeNull();
    }
    expect((await get('/main-00000000.js')).status).toBe(404);
    expect((await get('/dashboard/main-00000000.js')).status).toBe(404);
  });

  it('finds its large files compressed where the browser takes that, and its first page never', async () => {
    const asked = { headers: { 'accept-encoding': 'gzip' } };
    const file = await get('/chunk-BIG.js', asked);
    expect([file.headers.get('content-encoding'), file.headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding']);
    expect(await file.text()).toBe('// customer '.repeat(1000));
    expect(
      (await get('/chunk-BIG.js', { headers: { 'accept-encoding': 'identity' } })).headers.get('content-encoding'),
    ).toBeNull();
    expect((await get('/', asked)).headers.get('content-encoding')).toBeNull();
  });

  it.each([
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/dashboard/../../outside.txt',
    '/dashboard/..%2f..%2foutside.txt',
    '/....//outside.txt',
    '/.env',
    '/dashboard/.env',
    '/%00.js',
    '//outside.txt',
    '/\\..\\outside.txt',
  ])('%s leads to no file outside its folder, nor to a hidden one', async (path) => {
    const { text } = await getRaw(path);
    expect(text).not.toMatch(/^outside$|^secret$/);
  });

  it('is given to whoever reads only', async () => {
    expect((await get('/', { method: 'HEAD' })).status).toBe(200);
    expect((await get('/', { method: 'POST' })).status).toBe(404);
    expect((await get('/dashboard/', { method: 'DELETE' })).status).toBe(404);
  });

  it.each(['/graphql/other', '/health/live', '/metrics', '/graphql', '/metrics?x'])(
    'does not stand in the place of the server\u2019s own %s',
    async (path) => {
      expect(await (await get(path)).text()).not.toContain('</app>');
    },
  );
});

describe('requests of staff', () => {
  it.each([undefined, 'https://support.example.com'])('from here (origin %s) are let through', async (from) => {
    const response = await get('/graphql/staff', { headers: from === undefined ? {} : { origin: from } });
    expect(await response.text()).toBe('served');
  });

  it.each([
    'https://support.example.com.evil.example',
    'http://support.example.com',
    'https://evil.example',
    'null',
    '',
  ])('from %j are refused', async (from) => {
    expect((await get('/graphql/staff', { headers: { origin: from } })).status).toBe(403);
  });
});
