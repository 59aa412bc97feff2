import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cpSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { allProjections } from '../all-projections';
import { EngineRun, temporaryFolder } from '../testing/engine-run';
import { MemoryLog } from '../testing/memory-log';
import { MemoryVault } from '../testing/memory-vault';
import { SampleHistory } from '../testing/sample-history';
import { spoilFile } from '../testing/spoil-file';
import type { SpoiltPart } from '../testing/spoil-file';
import { rowsOf } from '../testing/table-rows';
import { faultOfFile } from './file-check';

jest.setTimeout(60_000); // a busy machine is slow; this bounds a hang

const names = allProjections.map(({ name }) => name);
const vault = new MemoryVault();
const log = new MemoryLog();
const head = log.append(...new SampleHistory({ sessions: 120, seed: 61, seal: vault.seal }).events());

describe('a spoilt file of a read model', () => {
  const whole = temporaryFolder();
  let rows: readonly ReturnType<typeof rowsOf>[];
  let folder: ReturnType<typeof temporaryFolder>;
  let run: EngineRun | undefined;

  const start = async (pauseBeforeReplacing?: (times: number) => number): Promise<EngineRun> => {
    const options = { dataDir: folder.path, projections: allProjections, log, openText: vault.open };
    run = await EngineRun.start({ ...options, ...(pauseBeforeReplacing && { pauseBeforeReplacing }) });
    return run;
  };
  const databases = (name: string): readonly string[] =>
    readdirSync(join(folder.path, 'read-models')).filter((file) => file.startsWith(name) && file.endsWith('.db'));
  const path = (name: string): string => {
    const [file] = databases(name);
    return join(folder.path, 'read-models', file ?? '');
  };

  beforeAll(async () => {
    folder = whole;
    const first = await start();
    await first.untilAt(head);
    await first.close();
    rows = names.map((name) => rowsOf(path(name)));
  });
  beforeEach(() => {
    folder = temporaryFolder();
    cpSync(whole.path, folder.path, { recursive: true });
  });
  afterEach(async () => {
    await run?.close();
    run = undefined;
    folder.remove();
  });

  afterAll(() => whole.remove());

  const parts: readonly SpoiltPart[] = ['header', 'schema', 'table', 'index', 'key', 'search'];
  it.each(parts.flatMap((part) => [1, 2, 3].map((seed) => [part, seed] as const)))(
    'that was spoilt in its %s (seed %i) while nobody had it is made again, with the same rows',
    async (part, seed) => {
      for (const name of names) spoilFile(path(name), part, seed);
      const faulty = names.filter((name) => faultOfFile(path(name)) !== null);
      if (part === 'search') expect(faulty).toEqual(['people-and-search']);
      else if (part === 'index' || part === 'key') expect(faulty.length).toBeGreaterThan(3);
      else expect(faulty).toEqual(names);
      const next = await start();
      await next.until(() => faulty.every((name) => next.switches.some((switched) => switched.name === name)));
      await next.untilAt(head);
      expect(names.map((name) => rowsOf(next.file(name)))).toEqual(rows);
      expect(names.map((name) => faultOfFile(next.file(name)))).toEqual(names.map(() => null));
      expect(next.engine.states().map(({ spoilt }) => spoilt)).not.toContain(true);
      expect(next.switches).toHaveLength(faulty.length);
    },
  );

  it('is said to be spoilt from the first moment on, and not processed', async () => {
    spoilFile(path('sessions'), 'header', 4);
    const next = await start();
    expect(next.state('sessions')).toMatchObject({ status: 'rebuilding', spoilt: true, position: null });
    expect(next.state('sessions').lastError).toContain('not a database');
    await next.until(() => !next.state('sessions').spoilt && databases('sessions').length === 1);
    expect(next.state('sessions')).toMatchObject({ position: head, lastError: null });
  });

  it('is replaced once, however many signs of it there are', async () => {
    const next = await start();
    const file = next.file('accounts');
    for (let n = 0; n < 5; n += 1) next.engine.spoilt('accounts', file, 'for a test');
    await next.until(() => next.switches.length > 0);
    next.engine.spoilt('accounts', file, 'a late sign');
    expect(await next.engine.rebuild('sessions')).toEqual({ ok: true });
    expect(next.switches.map(({ name }) => name)).toEqual(['accounts', 'sessions']);
  });

  it('that was replaced while it was in use is made again with its next commit', async () => {
    const own = new MemoryLog();
    own.append(...new SampleHistory({ sessions: 2, seed: 62, seal: vault.seal }).events());
    const other = temporaryFolder();
    const options = { dataDir: other.path, projections: allProjections, log: own, openText: vault.open };
    const next = await EngineRun.start(options);
    await next.untilAt(own.head);
    cpSync(path('sessions'), `${next.file('sessions')}.other`);
    renameSync(`${next.file('sessions')}.other`, next.file('sessions'));
    const later = own.append(...new SampleHistory({ sessions: 2, seed: 63, seal: vault.seal }).events());
    next.engine.wake(later);
    await next.until(() => next.switches.length === 1 && next.state('sessions').position === later);
    expect(rowsOf(next.file('sessions'))['session']).toHaveLength(4);
    await next.close();
    other.remove();
  });

  it('is not what a file is that somebody holds up: it is written again by itself, and kept', async () => {
    const own = new MemoryLog();
    const other = temporaryFolder();
    const options = { dataDir: other.path, projections: allProjections, log: own, openText: vault.open };
    const next = await EngineRun.start(options);
    const holder = new DatabaseSync(next.file('sessions'));
    holder.exec('BEGIN IMMEDIATE');
    const later = own.append(...new SampleHistory({ sessions: 2, seed: 64, seal: vault.seal }).events());
    next.engine.wake(later);
    await next.until(() => next.state('sessions').status === 'failed');
    expect(next.state('sessions')).toMatchObject({ spoilt: false, lastError: 'database is locked' });
    holder.exec('ROLLBACK');
    holder.close();
    await next.untilAt(later);
    await next.until(() => next.state('sessions').position === later);
    expect(next.switches).toEqual([]);
    await next.close();
    other.remove();
  });

  it('that was known to be spoilt is not taken for a good one by the next start', async () => {
    writeFileSync(`${path('alerts')}-spoilt`, '');
    const next = await start();
    expect(next.state('alerts').spoilt).toBe(true);
    await next.until(() => !next.state('alerts').spoilt && databases('alerts').length === 1);
    expect(next.state('alerts')).toMatchObject({ status: 'live', spoilt: false });
  });

  it('that is spoilt again and again shows as failed, and is tried less and less often', async () => {
    const asked: number[] = [];
    const next = await start((times) => {
      asked.push(times);
      return times < 3 ? 0 : 1_000_000;
    });
    for (let n = 1; n <= 2; n += 1) {
      next.engine.spoilt('alerts', next.file('alerts'), 'for a test');
      await next.until(() => next.switches.length === n && !next.state('alerts').spoilt);
    }
    next.engine.spoilt('alerts', next.file('alerts'), 'for a test');
    await next.until(() => next.state('alerts').status === 'failed');
    expect(next.state('alerts').lastError).toMatch(/3 times .* disk .*for a test$/);
    expect(next.state('alerts').spoilt).toBe(true);
    // The others go on, and an administrator need not wait.
    expect(await next.engine.rebuild('sessions')).toEqual({ ok: true });
    expect(next.switches).toHaveLength(3);
    expect(await next.engine.rebuild('alerts')).toEqual({ ok: true });
    expect(next.state('alerts')).toMatchObject({ status: 'live', spoilt: false });
    expect(asked).toEqual([1, 2, 3]);
  });
});
