import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { localCertificate } from './local-certificate.mjs';

const names = ['localhost', '127.0.0.1', '::1', '192.168.7.20', 'desk.local'];
const day = 24 * 60 * 60 * 1000;
const now = new Date();
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'deskside-tls-'));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

type Files = Awaited<ReturnType<typeof localCertificate>>;

const text = (file: string): string => readFileSync(file, 'utf8');

/** A browser that trusts only the authority opens a connection to `name`. */
async function connects(files: Files, name: string): Promise<boolean> {
  const server = createServer({ cert: text(files.certificate), key: text(files.key) }, (socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername: name, ca: text(files.authority) });
    socket.once('secureConnect', () => resolve(socket.authorized)).once('error', () => resolve(false));
  });
  server.close();
  return answer;
}

describe('the local certificate', () => {
  it('is believed by whoever trusts its authority, for its own names only', async () => {
    const files = await localCertificate({ dataDir, names, now });
    expect(await connects(files, 'desk.local')).toBe(true);
    expect(await connects(files, 'elsewhere.example')).toBe(false);
  });

  it('stays the same at the next start', async () => {
    const first = text((await localCertificate({ dataDir, names, now })).certificate);
    expect(text((await localCertificate({ dataDir, names, now })).certificate)).toBe(first);
  });

  it('is made anew under the same authority when an address is new', async () => {
    const before = await localCertificate({ dataDir, names, now });
    const first = text(before.certificate);
    const after = await localCertificate({ dataDir, names: [...names, '10.0.0.5'], now });
    expect(text(after.certificate)).not.toBe(first);
    expect(after.fingerprint).toBe(before.fingerprint);
  });

  it('is made anew before it expires', async () => {
    const first = text((await localCertificate({ dataDir, names, now })).certificate);
    const later = new Date(now.getTime() + 380 * day);
    const { certificate } = await localCertificate({ dataDir, names, now: later });
    expect(text(certificate)).not.toBe(first);
  });

  it.each(['authorityKey', 'key', 'certificate', 'authority'] as const)('keeps its %s to its owner', async (file) => {
    const files = await localCertificate({ dataDir, names, now });
    expect(statSync(files[file]).mode & 0o777).toBe(0o600);
  });

  it.each(['server.crt', 'server.key'])('is made anew under the same authority when %s is damaged', async (name) => {
    const before = await localCertificate({ dataDir, names, now });
    writeFileSync(join(dataDir, 'tls', name), 'garbage');
    const after = await localCertificate({ dataDir, names, now });
    expect([after.fingerprint, after.notice]).toEqual([before.fingerprint, undefined]);
    expect(await connects(after, 'desk.local')).toBe(true);
    expect(text(join(dataDir, 'tls', `${name}-damaged`))).toBe('garbage');
  });

  it.each([
    ['is empty', 'deskside-local-authority.crt', (file: string) => writeFileSync(file, '')],
    ['is damaged', 'authority.key', (file: string) => writeFileSync(file, 'garbage')],
    ['is gone', 'authority.key', (file: string) => rmSync(file)],
  ])('has a new authority when a file of it %s (%s), and says so', async (_, name, damage) => {
    const before = await localCertificate({ dataDir, names, now });
    damage(join(dataDir, 'tls', name));
    const after = await localCertificate({ dataDir, names, now });
    expect(after.fingerprint).not.toBe(before.fingerprint);
    expect(after.notice).toMatch(/each device has to trust again\.$/);
    expect(await connects(after, 'desk.local')).toBe(true);
    expect((await localCertificate({ dataDir, names, now })).notice).toBeUndefined();
  });
});
