import { once } from 'node:events';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { ApiProcess, runCommand } from '../support/api-process';
import { newFolder } from '../support/api-under-test';
import { newId } from '../support/people';
import type { FeedEvent } from '../support/people';

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

describe('a server that cannot start', () => {
  it('says why in one sentence, to the terminal and to the program that started it', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const settings = { DESKSIDE_PORT: String((taken.address() as AddressInfo).port) };
    const sentence = `Port ${settings.DESKSIDE_PORT} is taken by another program. Stop it, or set DESKSIDE_PORT to a free one.`;
    const dataDir = newDataDir();
    expect(await runCommand([], { dataDir, settings })).toEqual({
      code: 1,
      stdout: expect.any(String),
      stderr: `${sentence}\n`,
    });
    await expect(start(dataDir, settings)).rejects.toThrow(sentence);
    taken.close();
    // The password that is shown once has not been wasted on it.
    expect((await start(dataDir)).firstAdministrator.email).toBe('admin@deskside.local');
  });

  it('because of a wrong setting shows nothing of the secret ones, and touches nothing', async () => {
    const dataDir = newDataDir();
    const settings = { DESKSIDE_METRICS_TOKEN: 'short-secret' };
    const stderr = 'DESKSIDE_METRICS_TOKEN is set, but it must be a secret of 16 characters or more.\n';
    expect(await runCommand([], { dataDir, settings })).toEqual({ code: 1, stdout: '', stderr });
    expect(existsSync(dataDir)).toBe(false);
  });

  it('because another has the folder leaves that one unharmed', async () => {
    const dataDir = newDataDir();
    const first = await start(dataDir);
    const sentence = `The event log ${join(dataDir, 'log.db')} is in use by another process that writes it.`;
    await expect(start(dataDir)).rejects.toThrow(sentence);
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
  });

  it('because the command is none, or is not told where, says so', async () => {
    const dataDir = newDataDir();
    const said = async (...args: string[]): Promise<string> => (await runCommand(args, { dataDir })).stderr;
    expect(await said('sing')).toBe('There is no command sing. There are: serve, admin:recover, backup, restore.\n');
    expect(await said('backup')).toBe('Say which folder: --to FOLDER\n');
    expect(existsSync(dataDir)).toBe(false);
  });
});

describe('a server', () => {
  it('tells its first administrator once, and every file of its folder is for its user alone', async () => {
    const dataDir = newDataDir();
    mkdirSync(dataDir, { mode: 0o755 });
    const api = await start(dataDir);
    expect(api.firstAdministrator).toEqual({
      email: 'admin@deskside.local',
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

  it('ends cleanly on SIGTERM though feeds are open and requests come', async () => {
    const dataDir = newDataDir();
    const api = await start(dataDir);
    const { email, password } = api.firstAdministrator;
    const administrator = await api.staff().signIn(email, password);
    const { sessionId } = await administrator.startSession();
    const socket = await administrator.socket();
    await administrator.sessionFeed(socket, sessionId).value();
    let saying = true;
    const talk = (async () => {
      while (saying) await administrator.say(sessionId, 'on and on').catch(() => (saying = false));
    })();
    expect(await api.stop()).toBe(0);
    await talk;
    await socket.closed;
    expect(readdirSync(dataDir).filter((name) => /-wal$|\.sock$/.test(name))).toEqual([]);
  });
});

describe('admin:recover', () => {
  const signIn = (stdout: string): [string, string] => {
    const [, email = '', password = ''] = /^New administrator: (\S+) {2}(\S+)\n$/.exec(stdout) ?? [];
    return [email, password];
  };

  it('makes an administrator beside a running server, and without one; both can sign in', async () => {
    const dataDir = newDataDir();
    const api = await start(dataDir);
    const beside = await runCommand(['admin:recover'], { dataDir });
    expect(beside).toMatchObject({ code: 0, stderr: '' });
    const person = await api.staff().signIn(...signIn(beside.stdout));
    expect(await person.do('me')).toMatchObject({ roles: ['administrator', 'auditor'] });
    await api.stop();
    const alone = await runCommand(['admin:recover'], { dataDir });
    expect(alone).toMatchObject({ code: 0, stderr: '' });
    const again = await start(dataDir);
    for (const { stdout } of [beside, alone]) {
      const { permissions } = await (await again.staff().signIn(...signIn(stdout))).do<{ permissions: string[] }>('me');
      expect(permissions).toContain('account.manage');
    }
    expect(`${api.output}${again.output}`).not.toContain(signIn(beside.stdout)[1]);
  });

  it('after a kill finds the socket that was left behind and goes on alone', async () => {
    const dataDir = newDataDir();
    await (await start(dataDir)).kill();
    expect(existsSync(join(dataDir, 'control.sock'))).toBe(true);
    expect(await runCommand(['admin:recover'], { dataDir })).toMatchObject({ code: 0, stderr: '' });
  });

  it('in an empty folder makes the site and its first administrator', async () => {
    const dataDir = newDataDir();
    const { stdout } = await runCommand(['admin:recover'], { dataDir });
    expect(signIn(stdout)[0]).toBe('admin@deskside.local');
    const api = await start(dataDir);
    await api.staff().signIn(...signIn(stdout));
  });
});

describe('a backup', () => {
  it('made while people write is whole, and goes into an empty folder only', async () => {
    const dataDir = newDataDir();
    const backup = join(root, 'backup');
    const api = await start(dataDir);
    const { email, password } = api.firstAdministrator;
    const administrator = await api.staff().signIn(email, password);
    const { sessionId, number } = await administrator.startSession({ subject: 'Before' });
    await api.customer().join(number, 'Ana');
    const acknowledged: string[] = [];
    let isDone = false;
    const talk = (async () => {
      for (let n = 0; !isDone; n++) {
        await administrator.say(sessionId, `line ${n}`);
        acknowledged.push(`line ${n}`);
      }
    })();
    while (acknowledged.length < 20) await administrator.ask('me');
    const before = acknowledged.length;
    const made = await runCommand(['backup', '--to', backup], { dataDir });
    isDone = true;
    await talk;
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toBe(`Backed up to ${backup}. Whoever has this folder can read everything in it.\n`);
    expect(readdirSync(backup).sort()).toEqual(['log.db', 'master.key', 'vault.db']);

    const again = await runCommand(['backup', '--to', backup], { dataDir });
    expect(again).toMatchObject({ code: 1, stderr: `${backup} is not empty; a backup wants a folder of its own.\n` });
    const intoFull = await runCommand(['restore', '--from', backup], { dataDir });
    expect(intoFull.code).toBe(1);
    expect(intoFull.stderr).toContain('Move it away first; nothing was changed.');
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    await api.stop();

    const fresh = newDataDir();
    expect(await runCommand(['restore', '--from', backup], { dataDir: fresh })).toMatchObject({ code: 0, stderr: '' });
    const restored = await start(fresh);
    const auditor = await restored.staff().signIn(email, password);
    const { events, chain } = await auditor.do<{ events: FeedEvent[]; chain: object }>('sessionHistory', { sessionId });
    const texts = events.map(({ payload }) => payload['text']).filter((text) => typeof text === 'string');
    expect(texts.length).toBeGreaterThanOrEqual(before);
    expect(texts).toEqual(Array.from(texts, (_, n) => `line ${n}`));
    expect(chain).toMatchObject({ status: 'unbroken' });
    expect(JSON.stringify(events)).toContain('Ana');
    expect((await auditor.do<{ log: { status: string } }>('site')).log.status).toBe('whole');
    await auditor.say(sessionId, 'It goes on');
  });

  it('is restored into nothing but an empty folder: no read model of another log may lie there', async () => {
    const from = join(root, 'backup');
    const dataDir = newDataDir();
    await (await start(dataDir)).stop();
    for (const file of ['log.db', 'vault.db', 'master.key']) rmSync(join(dataDir, file));
    const { code, stderr } = await runCommand(['restore', '--from', from], { dataDir });
    expect(code).toBe(1);
    expect(stderr).toContain(dataDir);
    expect(existsSync(join(dataDir, 'log.db'))).toBe(false);
  });

  it('that is none is refused', async () => {
    const from = join(root, 'half');
    cpSync(join(root, 'backup'), from, { recursive: true });
    rmSync(join(from, 'vault.db'));
    const { stderr } = await runCommand(['restore', '--from', from], { dataDir: newDataDir() });
    expect(stderr).toBe(`${from} is no backup: vault.db is missing.\n`);
    const nothing = newDataDir();
    const { stderr: empty } = await runCommand(['backup', '--to', join(root, 'x')], { dataDir: nothing });
    expect(empty).toBe(`There is no log in ${nothing}.\n`);
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
    const rounds = 4;
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
      while (acknowledged.length < before + 40 + round * 17) await new Promise((resolve) => setImmediate(resolve));
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
