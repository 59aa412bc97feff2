import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import type { EventStore, Position } from '@deskside/event-store';
import { openSqliteVault } from '@deskside/vault/sqlite';
import type { Vault } from '@deskside/vault';
import { temporaryFolder } from '../testing/engine-run';
import { SampleHistory } from '../testing/sample-history';
import type { SampleEvent } from '../testing/sample-history';
import { SampleLogWriter, sealLater } from '../testing/sample-log-writer';
import type { ProjectionName, ReadModels } from './read-models';
import { projectionNames } from './read-models';
import { startProjections } from './start-projections';

describe('the read models of a node', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: EventStore;
  let vault: Vault;
  let writer: SampleLogWriter;
  let models: ReadModels;
  const patience = 20_000;

  const start = async (): Promise<ReadModels> => {
    const file = join(folder.path, 'log.db');
    const vaultSettings = {
      kind: 'sqlite',
      file: join(folder.path, 'vault.db'),
      masterKeyFile: join(folder.path, 'master.key'),
    } as const;
    const { path: dataDir } = folder;
    const started = await startProjections({
      dataDir,
      log: { kind: 'sqlite', file },
      vault: vaultSettings,
      positions: store,
    });
    store.onCommitted((head) => started.wake(head));
    return started;
  };
  const append = async (events: readonly SampleEvent[]): Promise<Position> => {
    const position = await writer.append(events);
    expect(await models.whenProcessed(projectionNames, position, patience)).toBe(true);
    return position;
  };
  const history = (sessions: number, seed: number): readonly SampleEvent[] => [
    ...new SampleHistory({ sessions, seed, seal: sealLater }).events(),
  ];

  beforeEach(async () => {
    folder = temporaryFolder();
    store = await openSqliteEventStore({ file: join(folder.path, 'log.db') });
    vault = await openSqliteVault({
      file: join(folder.path, 'vault.db'),
      masterKeyFile: join(folder.path, 'master.key'),
    });
    writer = new SampleLogWriter(store, vault);
    models = await start();
  });
  afterEach(async () => {
    await models.close();
    await store.close();
    await vault.close();
    folder.remove();
  });

  it('answers every query after the position was waited for', async () => {
    const position = await append(history(30, 41));
    expect(projectionNames.map((name) => models.position(name))).toEqual(projectionNames.map(() => position));
    const [open] = models.sessions.openSessionsWithPeoplePresent();
    const [session] = models.sessions.byIds([open?.sessionId ?? '']);
    expect(session?.status).toBe('open');
    expect(await vault.open(session?.subject?.sealed ?? ('' as never), session?.subject?.place ?? ('' as never))).toBe(
      'Printer does not print',
    );
    expect(models.accounts.activeAdministrators()).toBe(1);
    expect(models.siteHistory.page({ limit: 5 }).rows).toHaveLength(5);
    expect(models.deadlines.due('9999', 9).map(({ kind }) => kind)).toEqual(['sessionNumber']);
    expect(models.people.findCustomers('o', 100).length).toBeGreaterThan(3);
    expect(models.gettingStarted.steps()).toEqual({
      ...{ siteNamed: true, colleagueInvited: true, sessionStarted: true, customerJoined: true },
    });
  });

  it('says false when a position is not reached in time, and refuses what is no position', async () => {
    const position = await append(history(1, 42));
    const beyond = String(Number(position) + 1) as Position;
    expect(await models.whenProcessed(['sessions'], beyond, 5)).toBe(false);
    expect(await models.whenProcessed(['sessions'], position, 0)).toBe(true);
    await expect(models.whenProcessed(['sessions'], 'nonsense' as Position, 5)).rejects.toThrow('position');
  });

  it('tells those that watch a model that its rows have changed, and only them', async () => {
    const events = history(2, 43);
    const settings = events.find(({ type }) => type === 'SiteSettingsChanged');
    await append(events);
    // Changes are told once in a turn of the event loop: these are over in the next one.
    await nextTurn();
    const told = new Map<ProjectionName, number>();
    const changed = new Promise<Position>((resolve) => {
      models.onChange('site-history', resolve);
      for (const name of projectionNames) models.onChange(name, () => told.set(name, (told.get(name) ?? 0) + 1));
    });
    const stop = models.onChange('site-history', () => expect('a stopped listener').toBe('silent'));
    stop();
    const position = await append(
      settings === undefined ? [] : [{ ...settings, id: '00000000-0000-4000-8000-000000000001' }],
    );
    expect(await changed).toBe(position);
    expect([...told]).toEqual([['site-history', 1]]);
  });

  it('rebuilds and switches under the queries, and shows it', async () => {
    await append(history(60, 44));
    const before = models.people.findCustomers('ov', 100);
    const seen = new Set<string>();
    models.onStates((states) => states.forEach(({ status }) => seen.add(status)));
    expect(await Promise.all(projectionNames.map((name) => models.rebuild(name)))).toEqual(
      projectionNames.map(() => ({ ok: true })),
    );
    expect(seen).toContain('rebuilding');
    expect(models.people.findCustomers('ov', 100)).toEqual(before);
    expect(models.states().map(({ lastError }) => lastError)).toEqual(projectionNames.map(() => null));
    const started = models.sessions.sessionCounts().started;
    await append(history(3, 45));
    expect(models.sessions.sessionCounts().started).toBe(started + 3);
  });

  it('stays paused over a restart, and goes on with all that it missed', async () => {
    await append(history(2, 46));
    await models.pause('sessions', true);
    expect(models.states().find(({ name }) => name === 'sessions')?.status).toBe('paused');
    await models.close();
    models = await start();
    const position = await writer.append(history(4, 47));
    expect(await models.whenProcessed(['accounts'], position, patience)).toBe(true);
    expect(models.sessions.sessionCounts().started).toBe(2);
    await models.pause('sessions', false);
    expect(await models.whenProcessed(['sessions'], position, patience)).toBe(true);
    expect(models.sessions.sessionCounts().started).toBe(6);
  });

  it('answers waits with false at the close, and closes once', async () => {
    const position = await append(history(1, 48));
    const waiting = models.whenProcessed(['sessions'], String(Number(position) + 5) as Position, patience);
    await Promise.all([models.close(), models.close()]);
    expect(await waiting).toBe(false);
    expect(await models.rebuild('sessions')).toMatchObject({ ok: false, code: 'CLOSED' });
  });

  it('cannot start without a log', async () => {
    await models.close();
    const { path: dataDir } = folder;
    const log = { kind: 'sqlite', file: join(dataDir, 'no-such-log.db') } as const;
    const vaultSettings = {
      kind: 'sqlite',
      file: join(dataDir, 'vault.db'),
      masterKeyFile: join(dataDir, 'master.key'),
    } as const;
    await expect(startProjections({ dataDir, log, vault: vaultSettings, positions: store })).rejects.toThrow(
      'no-such-log',
    );
  });
});
