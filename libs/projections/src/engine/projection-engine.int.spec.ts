import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { VaultUnavailable } from '@deskside/vault';
import { allProjections } from '../all-projections';
import { EngineRun, temporaryFolder } from '../testing/engine-run';
import { MemoryLog } from '../testing/memory-log';
import { MemoryVault } from '../testing/memory-vault';
import { SampleHistory } from '../testing/sample-history';
import { rowsOf } from '../testing/table-rows';
import type { Projection } from './projection';

describe('the engine of the projections', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let log: MemoryLog;
  let vault: MemoryVault;
  const runs: EngineRun[] = [];

  const start = async (projections: readonly Projection[] = allProjections): Promise<EngineRun> => {
    const run = await EngineRun.start({ dataDir: folder.path, projections, log, openText: vault.open });
    runs.push(run);
    return run;
  };
  const stop = (run: EngineRun): Promise<void> => runs.splice(runs.indexOf(run), 1)[0]?.close() ?? Promise.resolve();

  beforeEach(() => {
    folder = temporaryFolder();
    log = new MemoryLog();
    vault = new MemoryVault();
  });
  afterEach(async () => {
    for (const run of runs.splice(0)) await run.close();
    folder.remove();
  });

  it.each([
    ['is none any more', 'ParticipantJoined', '{"id":"', '{"id"#"'],
    ['lost its payload', 'ParticipantJoined', '"payload":{', '"paylobd":{'],
    ['lacks who joined', 'ParticipantJoined', '"personId":', '"personHd":'],
    ['lacks who signed up', 'AccountCreated', '"roles":', '"rolds":'],
    ['lacks what is erased', 'PersonalDataErased', '"keys":', '"kexs":'],
  ])('passes by an event that %s, and nothing else', async (_, type, from, to) => {
    const head = log.append(...new SampleHistory({ sessions: 20, seed: 1, seal: vault.seal }).events());
    const damaged = log.recorded.findIndex((event) => event.type === type);
    const event = log.recorded[damaged];
    if (event?.body.includes(from) !== true) throw new Error('The sample has no such event.');
    log.recorded[damaged] = { ...event, body: event.body.replace(from, to) };
    const run = await start();
    await run.untilAt(head);
    for (const { name } of allProjections) expect(run.state(name)).toMatchObject({ status: 'live', position: head });
  });

  /** Stops at an event of the type until it is mended. */
  function fragile(type: string): Projection & { mended: boolean } {
    const projection = {
      name: 'fragile',
      version: 1,
      schema: 'CREATE TABLE seen (id TEXT PRIMARY KEY) STRICT;',
      statements: { see: 'INSERT OR IGNORE INTO seen (id) VALUES (:id)' },
      types: 'all' as const,
      mended: false,
      project: (event: { id: string; type: string }) => {
        if (event.type === type && !projection.mended) throw new Error('does not add up');
        return [{ statement: 'see', params: { id: event.id } }];
      },
    };
    return projection;
  }

  it('reads each page once for all projections that stand at the same place', async () => {
    const head = log.append(...new SampleHistory({ sessions: 150, seed: 1, seal: vault.seal }).events());
    const run = await start();
    await run.untilAt(head);
    expect(log.recorded.length).toBeGreaterThan(2000);
    expect(log.readsOf).toHaveLength(Math.floor(log.recorded.length / 1000) + 1);
    expect(run.commits.every(({ names }) => names.length === allProjections.length)).toBe(true);
  });

  it('moves the checkpoint over events that a projection ignores', async () => {
    const run = await start();
    const [created] = new SampleHistory({ sessions: 0, seed: 1, seal: vault.seal }).events();
    const head = log.append(...(created === undefined ? [] : [created]));
    run.engine.wake(head);
    await run.untilAt(head);
    expect(run.state('deadlines')).toMatchObject({ status: 'live', position: head, lag: 0 });
    expect(run.commits.at(-1)?.changed).toEqual(['site-history']);
  });

  it('goes on from its checkpoint after a restart', async () => {
    const events = [...new SampleHistory({ sessions: 40, seed: 2, seal: vault.seal }).events()];
    const half = log.append(...events.slice(0, 300));
    const first = await start();
    await first.untilAt(half);
    await stop(first);
    log.readsOf = [];
    const head = log.append(...events.slice(300));
    const second = await start();
    await second.untilAt(head);
    expect(log.readsOf[0]).toBe(half);
    expect(rowsOf(second.file('sessions'))['session']).toHaveLength(39);
  });

  it('stops a projection that throws alone, at its event, with the error shown', async () => {
    const events = [...new SampleHistory({ sessions: 10, seed: 3, seal: vault.seal }).events()];
    const head = log.append(...events);
    const broken = events.findIndex(({ type }) => type === 'SessionEnded');
    const run = await start([...allProjections, fragile('SessionEnded')]);
    await run.untilAt(head);
    expect(run.state('fragile')).toMatchObject({ status: 'failed', position: log.recorded[broken - 1]?.position });
    expect(run.state('fragile').lastError).toMatch(/^SessionEnded at .*does not add up$/);
    expect(run.state('fragile').lag).toBe(events.length - broken);
    expect(rowsOf(run.file('fragile'))['seen']).toHaveLength(broken);
    for (const { name } of allProjections) expect(run.state(name)).toMatchObject({ status: 'live', position: head });
  });

  it('tries a failed projection again when it is told to go on', async () => {
    const head = log.append(...new SampleHistory({ sessions: 5, seed: 3, seal: vault.seal }).events());
    const projection = fragile('SiteCreated');
    const run = await start([projection]);
    await run.untilAt(head);
    expect(run.state('fragile')).toMatchObject({ status: 'failed', position: null });
    projection.mended = true;
    await run.engine.pause('fragile', false);
    await run.until(() => run.state('fragile').status === 'live' && run.state('fragile').position === head);
    expect(rowsOf(run.file('fragile'))['seen']).toHaveLength(log.recorded.length);
  });

  it('shows an unreadable log and tries again with the next wake', async () => {
    const head = log.append(...new SampleHistory({ sessions: 2, seed: 4, seal: vault.seal }).events());
    log.beforePage = () => Promise.reject(new Error('the disk is away'));
    const run = await start();
    await run.until(() => run.state('sessions').status === 'failed');
    expect(run.state('sessions').lastError).toBe('the disk is away');
    log.beforePage = () => undefined;
    run.engine.wake(head);
    await run.until(() => run.state('sessions').status === 'live');
    expect(run.state('sessions').position).toBe(head);
  });

  it('reads on by itself when the vault can be read again', async () => {
    const head = log.append(...new SampleHistory({ sessions: 2, seed: 4, seal: vault.seal }).events());
    const open = jest.spyOn(vault, 'open').mockRejectedValueOnce(new VaultUnavailable('it is locked'));
    const run = await start();
    await run.until(() => run.state('people-and-search').status === 'failed');
    expect(run.state('people-and-search')).toMatchObject({
      position: null,
      lastError: expect.stringContaining('locked'),
    });
    await run.until(() => run.state('people-and-search').status === 'live');
    expect(run.state('people-and-search').position).toBe(head);
    expect(open.mock.calls.length).toBeGreaterThan(1);
  });

  it('stays paused over a restart while the others go on', async () => {
    const run = await start();
    await run.engine.pause('sessions', true);
    await stop(run);
    const head = log.append(...new SampleHistory({ sessions: 3, seed: 5, seal: vault.seal }).events());
    const next = await start();
    await next.until(() => next.state('accounts').position === head);
    expect(next.state('sessions')).toMatchObject({ status: 'paused', position: null, lag: log.recorded.length });
    await next.engine.pause('sessions', false);
    await next.untilAt(head);
    expect(next.state('sessions')).toMatchObject({ status: 'live', position: head });
  });

  it.each(['', 'garbage', '{"sessions":true}'])('goes on when its list of what is paused says %j', async (text) => {
    const run = await start();
    await run.engine.pause('sessions', true);
    await stop(run);
    writeFileSync(join(folder.path, 'read-models', 'paused.json'), text);
    const head = log.append(...new SampleHistory({ sessions: 1, seed: 8, seal: vault.seal }).events());
    const next = await start();
    await next.untilAt(head);
    expect(next.state('sessions').status).toBe('live');
    expect(next.damagedFiles).toEqual([
      expect.stringMatching(/paused\.json is (empty|damaged): .*paused\.json-damaged/),
    ]);
    expect(readFileSync(join(folder.path, 'read-models', 'paused.json-damaged'), 'utf8')).toBe(text);
  });

  it('misses no event that is appended while a page is read', async () => {
    const events = [...new SampleHistory({ sessions: 3, seed: 6, seal: vault.seal }).events()];
    const run = await start();
    await run.until(() => run.state('sessions').status === 'live');
    let head = log.append(...events.slice(0, 10));
    log.afterPage = () => {
      log.afterPage = () => undefined;
      head = log.append(...events.slice(10));
      run.engine.wake(head);
    };
    run.engine.wake(head);
    await run.until(() => run.state('sessions').position === head && log.recorded.length === events.length);
    expect(run.commits.map(({ position }) => position)).toEqual([log.recorded[9]?.position, head]);
  });

  it('begins anew when the log is an older copy than the read models', async () => {
    const events = [...new SampleHistory({ sessions: 8, seed: 7, seal: vault.seal }).events()];
    const run = await start();
    const far = log.append(...events);
    run.engine.wake(far);
    await run.untilAt(far);
    await stop(run);
    log = new MemoryLog();
    const near = log.append(...events.slice(0, 40));
    const next = await start();
    await next.untilAt(near);
    const fresh = temporaryFolder();
    const other = await EngineRun.start({
      dataDir: fresh.path,
      projections: allProjections,
      log,
      openText: vault.open,
    });
    runs.push(other);
    await other.untilAt(near);
    for (const { name } of allProjections) expect(rowsOf(next.file(name))).toEqual(rowsOf(other.file(name)));
    await stop(other);
    fresh.remove();
  });
});
