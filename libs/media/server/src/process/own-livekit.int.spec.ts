import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { expectSoon } from '../contract/media-server-contract';
import { LiveKitServer } from '../livekit/livekit-server';
import { endAllGuests, Guest } from '../testing/guest';
import { livekitBinary, newFolder, PlantUnderTest, removeFolder } from '../testing/plant-under-test';
import { mediaFolder } from './media-folder';
import { beginningOf } from './running-process';

const workspace = join(import.meta.dirname, '../../../../..');
const seesOnly = { subscribe: true, publish: [], data: false } as const;

let dataDir: string;
const plants: PlantUnderTest[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => void (await livekitBinary()), 600_000);
beforeEach(() => {
  dataDir = newFolder();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(plants.splice(0).map(({ plant }) => plant.close()));
  removeFolder(dataDir);
});
afterAll(endAllGuests);

function start(options: Parameters<typeof PlantUnderTest.start>[0] = { dataDir }): PlantUnderTest {
  const started = PlantUnderTest.start(options);
  plants.push(started);
  return started;
}

/** A media server that a process of its own has started, as an API does. */
async function startedByAnother(): Promise<{ child: ChildProcess; pid: number; url: string }> {
  const program = join(import.meta.dirname, '../testing/plant-process.ts');
  const args = ['--import', join(workspace, 'tools/resolve-ts.mjs'), program, dataDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { pid: number; url: string }) };
}

async function ends(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

const kept = (name: 'keys' | 'process' | 'ports' | 'config'): Record<string, unknown> =>
  JSON.parse(readFileSync(mediaFolder(dataDir)[name], 'utf8')) as Record<string, unknown>;

describe('an API that comes back after it was killed', () => {
  it('has the same media server again, with everybody in it', async () => {
    const { child, pid, url } = await startedByAnother();
    const server = new LiveKitServer(() => ({ url, ...(kept('keys') as { apiKey: string; apiSecret: string }) }));
    await server.ensureRoom('room');
    const token = await server.issueToken({ room: 'room', identity: 'ana', rights: seesOnly, ttlSeconds: 60 });
    const guest = await Guest.join(url, token);
    await ends(child, 'SIGKILL');
    expect(await beginningOf(pid)).not.toBeNull();

    const again = start();
    expect(await again.ready()).toBe(url);
    expect(again.own.pid).toBe(pid);
    expect((await again.plant.server.participants('room')).map(({ identity }) => identity)).toEqual(['ana']);
    const left = new Promise((heard) =>
      again.plant.onMediaEvent((event) => event.type === 'participantLeft' && heard(event)),
    );
    await guest.leave();
    expect(await left).toMatchObject({ room: 'room', identity: 'ana' });
    await again.plant.close();
    expect(await beginningOf(pid)).toBeNull();
  });

  it('starts another when it wants it configured otherwise', async () => {
    const { child, pid } = await startedByAnother();
    await ends(child, 'SIGKILL');
    const again = start({ dataDir, address: { ip: '127.0.0.2', onlyThisMachine: true } });
    await again.ready();
    expect(again.own.pid).not.toBe(pid);
    expect(await beginningOf(pid)).toBeNull();
  });

  it('starts another when the key is no longer the same', async () => {
    const { child, pid } = await startedByAnother();
    await ends(child, 'SIGKILL');
    writeFileSync(mediaFolder(dataDir).keys, '{}');
    const again = start();
    await again.ready();
    expect(again.own.pid).not.toBe(pid);
    expect(await beginningOf(pid)).toBeNull();
  });

  it('takes no other process for its own that has the number by now, and leaves it alone', async () => {
    const { child, pid } = await startedByAnother();
    await ends(child, 'SIGTERM');
    expect(await beginningOf(pid)).toBeNull();
    const foreign = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    children.push(foreign);
    writeFileSync(
      mediaFolder(dataDir).process,
      JSON.stringify({ pid: foreign.pid, beginning: 'another', keyFingerprint: 'x', configHash: 'x' }),
    );
    const again = start();
    await again.ready();
    expect(again.own.pid).not.toBe(foreign.pid);
    await again.plant.close();
    expect(await beginningOf(foreign.pid ?? 0)).not.toBeNull();
  });
});

describe('a media server', () => {
  it('that is killed is started again, at the same address', async () => {
    const started = start();
    const url = await started.ready();
    const pid = started.own.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    expect((await started.reaches(({ status }) => status !== 'ready')).status).toBe('preparing');
    expect(await started.ready()).toBe(url);
    expect(started.own.pid).not.toBe(pid);
  });

  it('ends with the API, also while somebody is in a room', async () => {
    const { child, pid, url } = await startedByAnother();
    const server = new LiveKitServer(() => ({ url, ...(kept('keys') as { apiKey: string; apiSecret: string }) }));
    await server.ensureRoom('room');
    await Guest.join(url, await server.issueToken({ room: 'room', identity: 'ana', rights: seesOnly, ttlSeconds: 60 }));
    await ends(child, 'SIGTERM');
    expect(await beginningOf(pid)).toBeNull();
  });

  it('that cannot start says why, and is tried again', async () => {
    const program = join(dataDir, 'no-livekit');
    writeFileSync(program, '#!/bin/sh\necho "this is no media server" >&2\n', { mode: 0o755 });
    const started = start({ dataDir, provide: async () => program });
    const failed = await started.reaches(({ status }) => status === 'failed');
    expect(failed).toMatchObject({
      code: 'MEDIA_START_FAILED',
      sentence: expect.stringMatching(/^LiveKit ended at its start: this is no media server \(.+livekit\.log\)\.$/),
    });
    writeFileSync(program, `#!/bin/sh\nexec ${await livekitBinary()} "$@"\n`, { mode: 0o755 });
    await started.ready();
  });

  it('keeps its keys and its configuration for this user alone, and its ports for the next start', async () => {
    const first = start();
    await first.ready();
    const [keys, ports] = [kept('keys'), kept('ports')];
    const files = mediaFolder(dataDir);
    for (const file of [files.keys, files.config, files.process, files.ports, files.log])
      expect([file, (statSync(file).mode & 0o777).toString(8)]).toEqual([file, '600']);
    expect((statSync(files.folder).mode & 0o777).toString(8)).toBe('700');
    expect(String(keys['apiSecret']).length).toBeGreaterThanOrEqual(32);
    await first.plant.close();
    await start().ready();
    expect([kept('keys'), kept('ports')]).toEqual([keys, ports]);
  });

  it('tells nobody of a server elsewhere, and carries signalling on this machine only', async () => {
    await start().ready();
    expect(kept('config')).toMatchObject({
      bind_addresses: ['127.0.0.1'],
      rtc: {
        use_external_ip: false,
        node_ip: '127.0.0.1',
        // Where nobody answers, and where nothing else comes from.
        stun_servers: ['127.0.0.1:9'],
      },
      room: { auto_create: false },
    });
  });
});

it('what happens in a room is told, each once', async () => {
  const started = start();
  const url = await started.ready();
  const told: string[] = [];
  started.plant.onMediaEvent(({ type, identity }) => told.push(identity === null ? type : `${type} ${identity}`));
  const { server } = started.plant;
  await server.ensureRoom('room');
  const rights = { ...seesOnly, publish: ['camera'] } as const;
  const guest = await Guest.join(
    url,
    await server.issueToken({ room: 'room', identity: 'ana', rights, ttlSeconds: 60 }),
  );
  await guest.publish('camera');
  const expected = ['participantJoined ana', 'roomStarted', 'trackPublished ana'];
  await expectSoon(async () => expect(told.toSorted()).toEqual(expected));
  await guest.leave();
  await expectSoon(async () => expect(told).toContain('participantLeft ana'));
  expect(new Set(told).size).toBe(told.length);
});
