import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectByTls } from 'node:tls';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { Limits } from '../limits/limits';
import { readSettings } from '../settings/settings';
import { createHttpServer } from './http-server';
import type { HttpServer } from './http-server';

const folder = mkdtempSync(join(tmpdir(), 'deskside-http-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const most = 4;
const asked = {
  'for a page': 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'with a body': 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc',
  'without a host': 'GET / HTTP/1.1\r\n\r\n',
  'with an expectation': 'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: much\r\n\r\n',
  'for an upgrade behind a page': `GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
};

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed))));
});

/** What each connection had left unread when it was cut, bytes. */
interface Seen {
  begun: number;
  readonly closed: Promise<unknown>[];
  readonly unread: number[];
}

async function listening(certificate: Record<string, string>): Promise<HttpServer & { seen: Seen }> {
  const seen: Seen = { begun: 0, closed: [], unread: [] };
  const limits = new Limits({ holdings: { requestsInFlightOfConnection: most } });
  const { server, connections } = createHttpServer(
    readSettings({ DESKSIDE_DATA_DIR: folder, ...certificate }),
    limits,
    (_, response) => {
      seen.begun += 1;
      seen.closed.push(once(response, 'close'));
    },
  );
  servers.push(server);
  server.on('connect', (_request, _socket, head) => seen.unread.push(head.length));
  Object.assign(server, { shouldUpgradeCallback: () => true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, connections, seen };
}

async function byTls(): Promise<Record<string, string>> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const files = { DESKSIDE_TLS_CERT_FILE: join(folder, 'cert.pem'), DESKSIDE_TLS_KEY_FILE: join(folder, 'key.pem') };
  writeFileSync(files.DESKSIDE_TLS_CERT_FILE, cert);
  writeFileSync(files.DESKSIDE_TLS_KEY_FILE, key);
  return files;
}

interface Connected extends HttpServer {
  readonly seen: Seen;
  readonly connection: Socket;
  readonly another: () => Socket;
}

async function connected(protocol: string): Promise<Connected> {
  const isByTls = protocol === 'https';
  const given = await listening(isByTls ? await byTls() : {});
  const { port } = given.server.address() as AddressInfo;
  const another = (): Socket => {
    const connection = isByTls ? connectByTls({ port, rejectUnauthorized: false }) : connect(port, '127.0.0.1');
    return connection.on('error', () => undefined);
  };
  return { ...given, connection: another(), another };
}

/** Not by `once`, which throws the reset of a connection that is cut with something unread. */
const untilClosed = (connection: Socket): Promise<void> =>
  new Promise((resolve) => connection.resume().once('close', () => resolve()));

describe.each(['http', 'https'])('a connection by %s', (protocol) => {
  it.each(Object.entries(asked))(
    'that asks %s many times without waiting is read no further, and cut',
    async (_, text) => {
      const { connection, seen } = await connected(protocol);
      const closed = untilClosed(connection);
      connection.write(text.repeat(400));
      await closed;
      expect(seen.unread).toEqual([expect.any(Number)]);
      expect(seen.unread[0]).toBeGreaterThan(text.length * 10);
      expect(seen.begun).toBe(text.includes('Upgrade') ? 1 : most);
      // Nobody waits for what nobody reads.
      await Promise.all(seen.closed);
    },
  );

  it('that waits for its answers is answered as often as it asks, and may become live', async () => {
    const { server, connection } = await connected(protocol);
    server.removeAllListeners('request');
    server.on('request', (_, response) => response.end('x'));
    server.on('upgrade', (_, socket) => socket.end('live'));
    const answers = async (): Promise<string> => String((await once(connection, 'data'))[0]);
    for (let n = 0; n < 20; n++) {
      connection.write(asked['for a page']);
      expect(await answers()).toContain('200 OK');
    }
    connection.write(asked['for an upgrade behind a page'].slice(asked['for a page'].length));
    expect(await answers()).toBe('live');
    connection.destroy();
  });

  it.each(['cutAll', 'cutUnasked'] as const)('that says nothing holds up no end: %s', async (cut) => {
    const { server, connections } = await listening(protocol === 'https' ? await byTls() : {});
    const silent = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    await once(server, 'connection');
    const closed = untilClosed(silent);
    connections[cut]();
    await closed;
  });

  it('that has not said all that it wants is cut for the end, and one that has is ended with its answer', async () => {
    const { server, connections, connection: asking, another } = await connected(protocol);
    const answers: ServerResponse[] = [];
    const unfinished = another();
    for (const [connection, text] of [
      [asking, asked['for a page']],
      [unfinished, asked['with a body'].slice(0, -1)],
    ] as const) {
      const begun = once(server, 'request');
      connection.write(text);
      answers.push(((await begun) as [IncomingMessage, ServerResponse])[1]);
    }
    let heard = '';
    asking.on('data', (chunk) => (heard += String(chunk)));
    connections.cutUnasked();
    await untilClosed(unfinished);
    expect(asking.closed).toBe(false);
    const ended = untilClosed(asking);
    answers[0]?.end('the answer');
    await ended;
    expect(heard).toContain('the answer');
  });

  it('that waits for an answer that does not come holds up no end', async () => {
    const { server, connections, connection: asking } = await connected(protocol);
    const begun = once(server, 'request');
    asking.write(asked['for a page']);
    await begun;
    const closed = untilClosed(asking);
    connections.cutUnasked(10);
    await closed;
  });
});
