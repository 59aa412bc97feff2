import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, npmStart, serverCommand } from './support/command';

const folder = mkdtempSync(join(tmpdir(), 'deskside-start-'));
const dataDir = join(folder, 'data');
let settings: { DESKSIDE_PORT: string; DESKSIDE_DATA_DIR: string };

beforeAll(async () => {
  settings = { DESKSIDE_PORT: await freePort(), DESKSIDE_DATA_DIR: dataDir };
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const site = (path = ''): string => `http://localhost:${settings.DESKSIDE_PORT}/${path}`;
const recoverHint = 'Administrator  npm run admin:recover makes a new sign-in';

/** Resolves with the status that a browser gets which trusts only this authority. */
function statusByHttps(authority: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: settings.DESKSIDE_PORT, servername: host, ca: readFileSync(authority) };
    get({ ...options, path: '/dashboard/', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}

describe('npm start', () => {
  it('prints four lines, serves both pages, and ends by Ctrl-C', async () => {
    const start = npmStart(settings);
    await start.printed('Administrator');
    expect(start.lines.slice(-4)).toEqual([
      `Dashboard      ${site('dashboard/')}`,
      `Customer site  ${site()}`,
      `Data           ${dataDir}`,
      expect.stringMatching(/^Administrator {2}\S+@\S+ {2}\S+ {2}\(shown this once\)$/),
    ]);
    expect((await fetch(site('dashboard/'))).status).toBe(200);
    expect((await fetch(site())).status).toBe(200);
    expect(await start.pressCtrlC()).toBe(0);
    await expect(fetch(site())).rejects.toThrow();
  });

  it('builds nothing the second time and shows no password', async () => {
    const start = npmStart(settings);
    await start.printed('Administrator');
    expect(start.lines).toHaveLength(4);
    expect(start.lines[3]).toBe(recoverHint);
    await start.pressCtrlC();
  });

  it('says so when the port is taken or the folder in use', async () => {
    const first = npmStart(settings);
    await first.printed('Administrator');
    const samePort = npmStart({ ...settings, DESKSIDE_DATA_DIR: join(folder, 'other') });
    expect(await samePort.ended()).toBe(1);
    expect(samePort.lines).toEqual([expect.stringContaining(`Port ${settings.DESKSIDE_PORT} is taken`)]);
    const sameFolder = npmStart({ ...settings, DESKSIDE_PORT: await freePort() });
    expect(await sameFolder.ended()).toBe(1);
    expect(sameFolder.lines).toEqual([expect.stringMatching(/in use by another/)]);
    await first.pressCtrlC();
  });

  it('leaves no server behind when it is killed itself', async () => {
    const killed = npmStart(settings);
    await killed.printed('Administrator');
    await killed.kill9();
    // The port and the folder come free without anybody's help.
    for (let next = npmStart(settings); ; next = npmStart(settings)) {
      const served = await next.printed('Administrator').then(
        () => true,
        () => false,
      );
      if (served) {
        expect(await next.pressCtrlC()).toBe(0);
        return;
      }
    }
  });

  it('serves the network by https under an authority of its own', async () => {
    const host = 'deskside.test';
    const publicUrl = `https://${host}:${settings.DESKSIDE_PORT}`;
    const start = npmStart({ ...settings, DESKSIDE_PUBLIC_URL: publicUrl }, '--lan');
    await start.printed('iOS');
    expect(start.lines[0]).toBe(`Dashboard      ${publicUrl}/dashboard/`);
    const authority = join(dataDir, 'tls', 'deskside-local-authority.crt');
    expect(start.lines).toContain(`  ${authority}`);
    expect(await statusByHttps(authority, host)).toBe(200);
    await start.pressCtrlC();
  });
});

describe('commands of the server', () => {
  it('makes a new administrator, whether it runs or not', async () => {
    const signIn = /^New administrator: \S+@\S+ {2}\S+$/;
    expect(await serverCommand(settings, 'admin:recover')).toMatch(signIn);
    const start = npmStart(settings);
    await start.printed('Administrator');
    expect(await serverCommand(settings, 'admin:recover')).toMatch(signIn);
    await start.pressCtrlC();
  });

  it('backs up while it runs, and a restored site is the same site', async () => {
    const backup = join(folder, 'backup');
    const start = npmStart(settings);
    await start.printed('Administrator');
    await serverCommand(settings, 'backup', '--to', backup);
    await start.pressCtrlC();

    const elsewhere = { ...settings, DESKSIDE_DATA_DIR: join(folder, 'restored') };
    await serverCommand(elsewhere, 'restore', '--from', backup);
    const restored = npmStart(elsewhere);
    await restored.printed('Administrator');
    expect(restored.lines[3]).toBe(recoverHint);
    await restored.pressCtrlC();
    await expect(serverCommand(elsewhere, 'restore', '--from', backup)).rejects.toThrow(
      'holds a log or a vault already',
    );
  });
});
