import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../../src/clock/clock';
import { Limits } from '../../src/limits/limits';
import { Log } from '../../src/log/logger';
import { nodeStops, openNode } from '../../src/node/deskside-node';
import type { DesksideNode } from '../../src/node/deskside-node';
import { firstStart } from '../../src/node/first-start';
import type { AdministratorSignIn } from '../../src/node/first-start';
import { serve } from '../../src/node/serve';
import type { RunningServer, ServeOptions } from '../../src/node/serve';
import { stopInOrder } from '../../src/node/stop-in-order';
import { readSettings } from '../../src/settings/settings';
import type { Settings } from '../../src/settings/settings';
import { ApiProcess } from '../support/api-process';
import { ApiUnderTest, newFolder } from '../support/api-under-test';
import { until } from '../support/until';

jest.setTimeout(120_000); // servers are started over and over; this bounds a hang

const root = newFolder();
let folders = 0;
const newDataDir = (): string => join(root, `data${(folders += 1)}`);
afterAll(() => rmSync(root, { recursive: true }));

function settingsOf(dataDir: string): Settings {
  const quiet = { DESKSIDE_LOG_LEVEL: 'silent', DESKSIDE_MEDIA: 'off' };
  return readSettings({ DESKSIDE_DATA_DIR: dataDir, DESKSIDE_PORT: '0', ...quiet });
}

/** As the process does it, but that nobody is told. */
async function start(dataDir: string, options: ServeOptions = {}): Promise<RunningServer> {
  const server = await serve(settingsOf(dataDir), options);
  server.node.presence.close();
  return server;
}

/** Starts and tells: the first administrator, who signs in, and how many there are. */
async function startAndTell(dataDir: string): Promise<{ first: AdministratorSignIn | null; administrators: number }> {
  const api = await ApiUnderTest.start({ dataDir });
  try {
    const first = api.server.firstAdministrator;
    if (first !== null) await api.firstAdministrator();
    const created = (await api.events()).filter(({ type }) => type === 'AccountCreated');
    return { first, administrators: created.length };
  } finally {
    await api.stop();
  }
}

describe('a first start', () => {
  it('that is to end makes no administrator; the next one does', async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir, { signal: AbortSignal.abort() });
    expect(server.firstAdministrator).toBeNull();
    await server.close();
    expect(await startAndTell(dataDir)).toEqual({ first: expect.anything(), administrators: 1 });
    expect(await startAndTell(dataDir)).toEqual({ first: null, administrators: 1 });
  });

  it('whose administrator was never told is made good by the next one, by another password', async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir);
    const lost = server.firstAdministrator;
    await server.close();
    const { first, administrators } = await startAndTell(dataDir);
    expect({ email: first?.email, administrators }).toEqual({ email: lost?.email, administrators: 1 });
    expect(first?.password).not.toBe(lost?.password);
    expect(await startAndTell(dataDir)).toEqual({ first: null, administrators: 1 });
  });

  it('whose administrator signed in is not made again, though nobody noted that they were told', async () => {
    const dataDir = newDataDir();
    const server = await start(dataDir);
    const { email, password } = server.firstAdministrator ?? { email: '', password: '' };
    const from = { address: '10.7.0.1', browserToken: null, correlationId: server.node.bootId };
    const signIn = ({ node }: RunningServer): Promise<{ ok: boolean }> => node.signIns.signIn(email, password, from);
    expect(await signIn(server)).toMatchObject({ ok: true });
    await server.close();
    for (let again = 0; again < 2; again++) {
      const next = await start(dataDir);
      expect(next.firstAdministrator).toBeNull();
      expect(await signIn(next)).toMatchObject({ ok: true });
      await next.close();
    }
  });

  it.each([
    ['the first event', (node: DesksideNode) => jest.spyOn(node.site, 'create')],
    ['the account', (node: DesksideNode) => jest.spyOn(node.accounts, 'create')],
    ['the password', (node: DesksideNode) => jest.spyOn(node.accounts, 'setPassword')],
  ])('that came no further than to %s is finished by the next one', async (_, lastStep) => {
    const dataDir = newDataDir();
    const log = new Log('silent');
    const node = await openNode({ settings: settingsOf(dataDir), clock: systemClock, log, limits: new Limits() });
    lastStep(node).mockRejectedValue(new Error('killed'));
    await expect(firstStart(node)).rejects.toThrow('killed');
    await stopInOrder(nodeStops(node), log);
    expect(await startAndTell(dataDir)).toEqual({ first: expect.anything(), administrators: 1 });
    expect(await startAndTell(dataDir)).toEqual({ first: null, administrators: 1 });
  });
});

describe('the process of a first start', () => {
  const running: ApiProcess[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((api) => api.kill()));
  });

  function isWritten(dataDir: string, type: string): boolean {
    try {
      const log = new DatabaseSync(join(dataDir, 'log.db'), { readOnly: true });
      const found = log.prepare('SELECT 1 FROM event JOIN type ON type.id = type WHERE name = ?').get(type);
      log.close();
      return found !== undefined;
    } catch {
      return false;
    }
  }

  /** Begins one, ends it as soon as this event is in the log, and gives what it said. */
  async function endedAt(dataDir: string, type: string, end: 'stop' | 'kill'): Promise<ApiProcess | null> {
    let begun: ApiProcess | undefined;
    const starting = ApiProcess.start({ dataDir }, (api) => void running.push((begun = api)));
    const said = starting.catch(() => null);
    await until(`${type} is written`, () => isWritten(dataDir, type));
    const code = await begun?.[end]();
    if (end === 'stop') expect(code).toBe(0);
    return said;
  }

  async function restarted(dataDir: string): Promise<ApiProcess> {
    const api = await ApiProcess.start({ dataDir });
    running.push(api);
    return api;
  }

  it.each(['SiteCreated', 'AccountCreated', 'PasswordChanged'])(
    'that is asked to end after %s tells the password first',
    async (type) => {
      const dataDir = newDataDir();
      const ended = await endedAt(dataDir, type, 'stop');
      const { email, password } = ended?.firstAdministrator ?? { email: '', password: '' };
      const again = await restarted(dataDir);
      expect(() => again.firstAdministrator).toThrow('not the first start');
      await again.staff().signIn(email, password);
    },
  );

  it.each(['SiteCreated', 'AccountCreated', 'PasswordChanged'])(
    'that is killed after %s leaves a site whose administrator is told, by it or the next one',
    async (type) => {
      const dataDir = newDataDir();
      const killed = await endedAt(dataDir, type, 'kill');
      const again = await restarted(dataDir);
      const told = again.isFirst ? again : killed;
      const { email, password } = told?.firstAdministrator ?? { email: '', password: '' };
      await again.staff().signIn(email, password);
    },
  );
});
