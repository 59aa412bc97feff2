import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { ApiProcess, runCommand } from '../support/api-process';
import { newFolder } from '../support/api-under-test';
import { newId } from '../support/people';
import type { FeedEvent } from '../support/people';
import { RawConnection } from '../support/raw-connection';
import { until } from '../support/until';

jest.setTimeout(120_000); // a server that is started over and over on a busy machine is slow; this bounds a hang

const root = newFolder();
let folders = 0;
const running: ApiProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.kill()));
});
afterAll(() => rmSync(root, { recursive: true }));

function newDataDir(): string {
  folders += 1;
  return join(root, `data${folders}`);
}

async function start(dataDir: string, settings: Record<string, string> = {}): Promise<ApiProcess> {
  const api = await ApiProcess.start({ dataDir, settings });
  running.push(api);
  return api;
}

/** Another one on each site, so that nobody can try passwords for an address that they have not been shown. */
const ownAddress = /^admin-[0-9a-f]{8}@deskside\.local$/;

describe('a server that cannot start', () => {
  it('tells the program that started it why, in one sentence, and has wasted no password on it', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as AddressInfo).port);
    const dataDir = newDataDir();
    const sentence = `Port ${port} is taken by another program. Stop it, or set DESKSIDE_PORT to a free one.`;
    await expect(start(dataDir, { DESKSIDE_PORT: port })).rejects.toThrow(sentence);
    taken.close();
    expect((await start(dataDir)).firstAdministrator.email).toMatch(ownAddress);
  });

  it('tells it the terminal, shows nothing of a secret setting, and touches nothing', async () => {
    const dataDir = newDataDir();
    const settings = { DESKSIDE_METRICS_TOKEN: 'short-secret' };
    const stderr = 'DESKSIDE_METRICS_TOKEN is set, but it must be a secret of 16 characters or more.\n';
    expect(await runCommand([], { dataDir, settings })).toEqual({ code: 1, stdout: '', stderr });
    expect(existsSync(dataDir)).toBe(false);
  });

  it('because the command is none names those that there are', async () => {
    const { code, stderr } = await runCommand(['sing'], { dataDir: newDataDir() });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'There is no command sing. There are: serve, admin:recover, backup, restore, verify, accept-loss.\n',
    );
  });
});

describe('a server', () => {
  it('tells its first administrator once, and every file of its folder is for its user alone', async () => {
    const dataDir = newDataDir();
    mkdirSync(dataDir, { mode: 0o755 });
    const api = await start(dataDir);
    expect(api.firstAdministrator).toEqual({
      email: expect.stringMatching(ownAddress),
      password: expect.stringMatching(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/),
    });
    const open = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter(
      (name) => (lstatSync(join(dataDir, name)).mode & 0o077) !== 0,
    );
    expect(open).toEqual([]);
    expect(await api.stop()).toBe(0);
    const again = await start(dataDir);
    expect(() => again.firstAdministrator).toThrow('not the first start');
  });

  it('answers the commands beside it in a folder with a path too long for a socket', async () => {
    const dataDir = join(newDataDir(), 'x'.repeat(100), 'y'.repeat(60));
    const api = await start(dataDir);
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    expect((await runCommand(['admin:recover'], { dataDir })).stdout).toMatch(/^New administrator: /);
    expect(await api.stop()).toBe(0);
  });

  it('ends cleanly on SIGTERM though feeds are open, requests come, and others never come whole', async () => {
    const dataDir = newDataDir();
    const api = await start(dataDir);
    const { email, password } = api.firstAdministrator;
    const administrator = await api.staff().signIn(email, password);
    const { sessionId } = await administrator.startSession();
    const socket = await administrator.socket();
    await administrator.sessionFeed(socket, sessionId).value();
    const unfinished = new RawConnection(api.url).write(
      `POST /graphql/customer HTTP/1.1\r\nhost: ${new URL(api.url).host}\r\ncontent-type: application/json\r\ncontent-length: 60000\r\nexpect: 100-continue\r\n\r\n{`,
    );
    expect(await unfinished.hears((text) => text.endsWith('\r\n\r\n'))).toContain('100 Continue');
    let saying = true;
    const talk = (async () => {
      while (saying) await administrator.say(sessionId, 'on and on').catch(() => (saying = false));
    })();
    expect(await api.stop()).toBe(0);
    await talk;
    await Promise.all([socket.closed, unfinished.closed]);
    expect(readdirSync(dataDir).filter((name) => /-wal$|\.sock$/.test(name))).toEqual([]);
  });
});

describe('admin:recover', () => {
  const signIn = (stdout: string): [string, string] => {
    const [, email = '', password = ''] = /^New administrator: (\S+) {2}(\S+)\n$/.exec(stdout) ?? [];
    return [email, password];
  };

  it('makes an administrator in an empty folder, beside a running server, and after a kill; all can sign in', async () => {
    const dataDir = newDataDir();
    const recover = async (): Promise<string> => {
      const { code, stdout, stderr } = await runCommand(['admin:recover'], { dataDir });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return stdout;
    };
    const first = await recover();
    expect(signIn(first)[0]).toMatch(ownAddress);
    const api = await start(dataDir);
    const beside = await recover();
    await api.kill();
    expect(existsSync(join(dataDir, 'control.sock'))).toBe(true);
    const alone = await recover();
    const again = await start(dataDir);
    for (const stdout of [first, beside, alone]) {
      const person = await again.staff().signIn(...signIn(stdout));
      expect(await person.do('me')).toMatchObject({ roles: ['administrator', 'auditor'] });
      expect(`${api.output}${again.output}`).not.toContain(signIn(stdout)[1]);
    }
  });
});

describe('kill -9 under load', () => {
  it('loses no acknowledged command, and every feed goes on without gap or double', async () => {
    const dataDir = newDataDir();
    let api = await start(dataDir);
    const { email, password } = api.firstAdministrator;
    const administrator = await api.staff().signIn(email, password);
    const { sessionId, number, participantId } = await administrator.startSession();
    const ana = await api.customer().join(number, 'Ana');
    const acknowledged: string[] = [];
    const unanswered: { id: string; by: 'staff' | 'customer' }[] = [];
    const seen: FeedEvent[] = [];
    let reached: number | undefined;
    const rounds = 3;
    for (let round = 0; round < rounds; round++) {
      const socket = await administrator.socket();
      const feed = administrator.sessionFeed(socket, sessionId, reached);
      const watching = (async () => {
        for (let next = await feed.next(); next !== null; next = await feed.next()) {
          const batch = next.data?.['sessionFeed'] as { events: FeedEvent[]; upTo: number };
          seen.push(...batch.events);
          reached = batch.upTo;
        }
      })();
      let alive = true;
      const write = async (by: 'staff' | 'customer'): Promise<void> => {
        while (alive) {
          const id = newId();
          const line = { commandId: id, sessionId, to: by === 'staff' ? 'all' : participantId, text: id };
          const answer = (by === 'staff' ? administrator : ana).ask('sendChatMessage', line);
          const code = await answer.then(
            ({ code: given }) => given,
            () => 'lost',
          );
          if (code === 'ok') acknowledged.push(id);
          else {
            unanswered.push({ id, by });
            alive = false;
          }
        }
      };
      const writers = Promise.all([write('staff'), write('staff'), write('customer'), write('customer')]);
      const before = acknowledged.length;
      await until('enough was said', () => acknowledged.length >= before + 40 + round * 17);
      await api.kill();
      await Promise.all([writers, watching]);
      api = await start(dataDir);
      administrator.origin = ana.origin = api.url;
      // Whoever got no answer asks again under the same id.
      for (const { id, by } of unanswered.splice(0)) {
        const line = { commandId: id, sessionId, to: by === 'staff' ? 'all' : participantId, text: id };
        await (by === 'staff' ? administrator : ana).do('sendChatMessage', line);
        acknowledged.push(id);
      }
    }
    const socket = await administrator.socket();
    const rest = await administrator.sessionFeed(socket, sessionId, reached).value();
    seen.push(...rest.events);
    await socket.close();
    expect(seen.map(({ revision }) => revision)).toEqual(seen.map((_, n) => n));
    const lines = seen.filter(({ type }) => type === 'ChatMessageSent').map(({ payload }) => payload['text'] as string);
    expect(lines.sort()).toEqual(acknowledged.sort());
    const { chain } = await administrator.do<{ chain: object }>('sessionHistory', { sessionId });
    expect(chain).toMatchObject({ status: 'unbroken' });
    process.stdout.write(`${rounds} kills, ${acknowledged.length} acknowledged lines, 0 lost, 0 doubled\n`);
  });
});
