import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allProjections } from '../all-projections';
import { sessionQueries } from '../sessions/session-queries';
import { sessionsProjection } from '../sessions/sessions-projection';
import { ReadConnection } from '../main/read-connection';
import { EngineRun, temporaryFolder } from '../testing/engine-run';
import { MemoryLog } from '../testing/memory-log';
import { MemoryVault } from '../testing/memory-vault';
import { SampleHistory } from '../testing/sample-history';
import type { SampleEvent } from '../testing/sample-history';
import { rowsOf } from '../testing/table-rows';
import { ProjectionFile } from './projection-file';

const { version } = sessionsProjection;
const current = `sessions.v${version}`;
const next = version + 1;

describe('a rebuild', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let log: MemoryLog;
  let vault: MemoryVault;
  let events: readonly SampleEvent[];
  const runs: EngineRun[] = [];

  const start = async (projections = allProjections): Promise<EngineRun> => {
    const run = await EngineRun.start({ dataDir: folder.path, projections, log, openText: vault.open });
    runs.push(run);
    return run;
  };
  const stop = async (run: EngineRun): Promise<void> => void (await runs.splice(runs.indexOf(run), 1)[0]?.close());
  const files = (): readonly string[] => readdirSync(join(folder.path, 'read-models')).sort();
  const sessionFiles = (): readonly string[] => files().filter((file) => /^sessions.*db$/.test(file));

  beforeEach(() => {
    folder = temporaryFolder();
    log = new MemoryLog();
    vault = new MemoryVault();
    events = [...new SampleHistory({ sessions: 200, seed: 21, seal: vault.seal }).events()];
  });
  afterEach(async () => {
    for (const run of runs.splice(0)) await run.close();
    folder.remove();
  });

  it('goes on beside the old file while new events come, then switches and takes the old one away', async () => {
    const some = events.length - 400;
    let head = log.append(...events.slice(0, some));
    const run = await start();
    await run.untilAt(head);
    const old = run.file('sessions');
    const reader = new ReadConnection('sessions', old, () => expect('the file').toBe('whole'));
    const open = sessionQueries(reader).sessionCounts().open;
    let pages = 0;
    log.afterPage = () => {
      pages += 1;
      if (pages > 4) return;
      head = log.append(...events.slice(some + (pages - 1) * 100, some + pages * 100));
      run.engine.wake(head);
      // Until the switch the old file answers.
      expect(run.file('sessions')).toBe(old);
      expect(sessionQueries(reader).sessionCounts().open).toBeGreaterThanOrEqual(open > 0 ? 1 : 0);
    };
    const result = await run.engine.rebuild('sessions');
    reader.close();
    await run.untilAt(head);
    expect(result).toEqual({ ok: true });
    expect(pages).toBeGreaterThan(4);
    expect(run.switches).toEqual([{ name: 'sessions', file: run.file('sessions') }]);
    expect(sessionFiles()).toEqual([`${current}.g2.db`]);
    expect(files().filter((file) => file.startsWith(`${current}.g1`))).toEqual([]);

    const fresh = temporaryFolder();
    const other = await EngineRun.start({
      dataDir: fresh.path,
      projections: allProjections,
      log,
      openText: vault.open,
    });
    await other.untilAt(head);
    expect(rowsOf(run.file('sessions'))).toEqual(rowsOf(other.file('sessions')));
    await other.close();
    fresh.remove();
  });

  it('never takes back a position that was told as processed', async () => {
    const head = log.append(...events);
    const run = await start();
    await run.untilAt(head);
    await Promise.all(allProjections.map(({ name }) => run.engine.rebuild(name)));
    const told = run.commits.filter(({ names }) => names.includes('accounts')).map(({ position }) => position);
    const order = told.map((position, n) => log.reader.comparePositions(position, told[n - 1] ?? position) >= 0);
    expect(order).not.toContain(false);
    expect(run.switches).toHaveLength(allProjections.length);
    // One pass for all of them.
    expect(log.readsOf.filter((after) => after === null)).toHaveLength(2);
  });

  it('is one rebuild when it is asked for twice', async () => {
    log.append(...events);
    const run = await start();
    const results = await Promise.all([run.engine.rebuild('sessions'), run.engine.rebuild('sessions')]);
    expect(results).toEqual([{ ok: true }, { ok: true }]);
    expect(run.switches).toHaveLength(1);
  });

  it('mends a projection that has failed, and leaves the old one when the new one fails too', async () => {
    const head = log.append(...events);
    const broken = {
      name: 'broken',
      version: 1,
      schema: 'CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT;',
      statements: { add: 'INSERT OR IGNORE INTO t (n) VALUES (:n)' },
      types: 'all' as const,
      fails: true,
      project: ({ revision }: { revision: number }) => {
        if (broken.fails) throw new Error('does not add up');
        return [{ statement: 'add' as const, params: { n: revision } }];
      },
    };
    const run = await start([broken] as never);
    await run.until(() => run.state('broken').status === 'failed');
    const result = await run.engine.rebuild('broken');
    expect(result).toMatchObject({ ok: false, code: 'REBUILD_FAILED' });
    expect(files().filter((file) => file.endsWith('.db'))).toEqual(['broken.v1.g1.db']);
    broken.fails = false;
    expect(await run.engine.rebuild('broken')).toEqual({ ok: true });
    expect(run.state('broken')).toMatchObject({ status: 'live', position: head, lastError: null });
  });

  it('works while the projection is paused, which it stays', async () => {
    const head = log.append(...events.slice(0, 500));
    const run = await start();
    await run.untilAt(head);
    await run.engine.pause('sessions', true);
    const later = log.append(...events.slice(500));
    run.engine.wake(later);
    expect(await run.engine.rebuild('sessions')).toEqual({ ok: true });
    expect(run.state('sessions')).toMatchObject({ status: 'paused', position: later });
  });

  it('is given up at the close', async () => {
    log.append(...events);
    const run = await start();
    const result = run.engine.rebuild('sessions');
    await stop(run);
    expect(await result).toMatchObject({ ok: false, code: 'CLOSED' });
    expect(sessionFiles()).toEqual([`${current}.g1.db`]);
  });

  it('begins every projection anew whose version was raised, and takes the older file away', async () => {
    const head = log.append(...events);
    const first = await start();
    await first.untilAt(head);
    await stop(first);
    const raised = allProjections.map((p) => (p.name === 'sessions' ? { ...p, version: next } : p));
    const second = await start(raised);
    expect(second.state('sessions')).toMatchObject({ version: next, status: 'catchingUp', lag: events.length });
    expect(sessionFiles()).toEqual([`sessions.v${next}.g1.db`]);
    await second.untilAt(head);
    expect(second.state('accounts').position).toBe(head);
  });

  it.each(['half-built', 'damaged', 'stray write-ahead log', 'of a projection that is no more'])(
    'clears away at the start what is %s',
    async (kind) => {
      const head = log.append(...events);
      const run = await start();
      await run.untilAt(head);
      const good = rowsOf(run.file('sessions'));
      await stop(run);
      const path = (name: string): string => join(folder.path, 'read-models', name);
      const [sessions] = allProjections;
      if (kind === 'half-built' && sessions !== undefined)
        ProjectionFile.create(path(`${current}.g2.db`), sessions, { complete: false }).close();
      if (kind === 'damaged') writeFileSync(path(`${current}.g2.db`), 'this is no database, and long enough to tell');
      if (kind.startsWith('stray')) writeFileSync(path(`${current}.g7.db-wal`), 'frames');
      if (kind.startsWith('of a')) writeFileSync(path('names-of-old.v3.g1.db'), 'plain text');
      const next = await start();
      await next.untilAt(head);
      expect(files().filter((file) => file.endsWith('.db') || file.includes('g7'))).toHaveLength(allProjections.length);
      expect(sessionFiles()).toEqual([`${current}.g1.db`]);
      expect(rowsOf(next.file('sessions'))).toEqual(good);
    },
  );
});
