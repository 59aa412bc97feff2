import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import { openSqliteVault } from '@deskside/vault/sqlite';
import { questions } from '../testing/ask-all';
import { NodeUnderTest } from '../testing/node-under-test';
import { projectionNames } from './read-models';
import type { StartWorker } from './worker-thread';

jest.setTimeout(60_000); // a busy machine is slow; this bounds a hang

/** Loaded before the worker: dies as it is told to. */
const dying = `data:text/javascript,
  import { parentPort } from 'node:worker_threads';
  parentPort?.on('message', ({ die }) => {
    if (die === 'exit') process.exit(3);
    if (die === 'exception') throw new Error('for a test');
    if (die === 'memory') for (const all = []; ; ) all.push(new Array(100_000).fill(all.length));
  });`;

describe('a projection worker that dies', () => {
  let node: NodeUnderTest;
  let workers: Worker[];
  let started: () => void;
  const start: StartWorker = (settings) => {
    const resolver = new URL('../../../../tools/resolve-ts.mjs', import.meta.url).href;
    const worker = new Worker(new URL('../worker/projection.worker.ts', import.meta.url), {
      workerData: settings,
      execArgv: ['--import', resolver, '--import', dying],
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    });
    workers.push(worker);
    started();
    return worker;
  };
  const kill = (how: string): void => {
    const worker = workers.at(-1);
    if (how === 'terminate') void worker?.terminate();
    else worker?.postMessage({ die: how });
  };

  beforeEach(async () => {
    [workers, started] = [[], () => undefined];
    node = await NodeUnderTest.open(
      async (folder) => ({
        store: await openSqliteEventStore({ file: join(folder, 'log.db') }),
        vault: await openSqliteVault({ file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') }),
      }),
      start,
    );
  });
  afterEach(() => node.close());

  it.each(['terminate', 'exit', 'exception', 'memory'])(
    'by %s is started again; queries go on, waiters get what they wait for, questions are answered',
    async (how) => {
      await node.append(20, 51);
      const before = projectionNames.map((name) => questions[name](node.models));
      kill(how);
      const asked = node.models.rebuild('sessions');
      await node.until(() => node.count('workerLost') === 1);
      expect(await asked).toMatchObject({ ok: false, code: 'CLOSED' });
      expect(await node.models.rebuild('sessions')).toMatchObject({ ok: false, code: 'CLOSED' });
      expect(node.models.states().map(({ status }) => status)).toEqual(projectionNames.map(() => 'failed'));
      // What is there can be asked all the same.
      expect(projectionNames.map((name) => questions[name](node.models))).toEqual(before);
      // Written while nobody looks.
      const position = await node.append(3, 52);
      expect(node.count('workerRestarted')).toBe(1);
      expect(projectionNames.map((name) => node.models.position(name))).toEqual(projectionNames.map(() => position));
      expect(node.models.sessions.sessionCounts().started).toBe(23);
      expect(await node.models.rebuild('sessions')).toEqual({ ok: true });
      expect(workers).toHaveLength(2);
    },
  );

  it('in the middle of a rebuild leaves a file that answers, and no waiter behind', async () => {
    const position = await node.append(200, 53);
    const count = node.models.sessions.sessionCounts().started;
    const asked = Promise.all(projectionNames.map((name) => node.models.rebuild(name)));
    await node.until(() => node.models.states().some(({ status }) => status === 'rebuilding'));
    kill('terminate');
    for (const result of await asked) expect(result).toMatchObject({ ok: false, code: 'CLOSED' });
    await node.until(() => node.count('workerRestarted') === 1);
    expect(await node.models.whenProcessed(projectionNames, position, 30_000)).toBe(true);
    expect(node.models.sessions.sessionCounts().started).toBe(count);
  });

  it('has its files made again when they are gone with it, and whoever waits waits for the new ones', async () => {
    const position = await node.append(20, 54);
    kill('terminate');
    await node.until(() => node.count('workerLost') === 1);
    const folder = join(node.folder.path, 'read-models');
    for (const file of readdirSync(folder)) if (file.startsWith('sessions')) rmSync(join(folder, file));
    await node.until(() => node.count('workerRestarted') === 1);
    expect(await node.models.whenProcessed(['sessions'], position, 30_000)).toBe(true);
    expect(node.models.sessions.sessionCounts().started).toBe(20);
  });

  it('is not waited for by a close in the middle of rebuilds', async () => {
    await node.append(20, 55);
    const asked = Promise.all(projectionNames.map((name) => node.models.rebuild(name)));
    let isFirst = true;
    node.models.onStates((states) => {
      // The first of nine has been switched: the next one is.
      if (!isFirst || states.every(({ status }) => status !== 'live')) return;
      isFirst = false;
      void node.models.close();
    });
    await asked;
    await node.models.close();
    expect(node.count('workerLost')).toBe(0);
  });

  it('is not started again after a close, nor waited for', async () => {
    kill('terminate');
    await node.until(() => node.count('workerLost') === 1);
    await node.models.close();
    expect(workers).toHaveLength(1);
  });

  it('is not left behind by a close while another one is being started', async () => {
    const isStarting = new Promise<void>((resolve) => (started = resolve));
    kill('terminate');
    await isStarting;
    await node.models.close();
    // What a thread is called that has ended.
    expect(workers.map(({ threadId }) => threadId)).toEqual([-1, -1]);
    expect(node.count('workerLost')).toBe(1);
  });
});
