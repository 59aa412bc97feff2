import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import { openSqliteVault } from '@deskside/vault/sqlite';
import { faultOfFile } from '../engine/file-check';
import { questions } from '../testing/ask-all';
import { NodeUnderTest } from '../testing/node-under-test';
import { spoilFile } from '../testing/spoil-file';
import type { SpoiltPart } from '../testing/spoil-file';
import { ReadModelUnavailable } from './read-model-unavailable';
import type { ProjectionName } from './read-models';
import { projectionNames } from './read-models';

jest.setTimeout(60_000); // a busy machine is slow; this bounds a hang

const openNode = (): Promise<NodeUnderTest> =>
  NodeUnderTest.open(async (folder) => ({
    store: await openSqliteEventStore({ file: join(folder, 'log.db') }),
    vault: await openSqliteVault({ file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') }),
  }));

describe('read models that are spoilt while they are in use', () => {
  let node: NodeUnderTest;
  afterEach(() => node.close());

  const files = (): readonly string[] => {
    const folder = join(node.folder.path, 'read-models');
    return readdirSync(folder)
      .filter((file) => file.endsWith('.db'))
      .map((file) => join(folder, file));
  };
  const fileOf = (name: ProjectionName): string => files().find((file) => file.includes(`/${name}.v`)) ?? '';
  const spoil = (name: ProjectionName, part: SpoiltPart, seed: number): void => {
    const db = new DatabaseSync(fileOf(name));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    spoilFile(fileOf(name), part, seed);
  };
  const ask = (name: ProjectionName): unknown => {
    try {
      return questions[name](node.models);
    } catch (error) {
      if (error instanceof ReadModelUnavailable) return 'not yet';
      throw error;
    }
  };
  const isSettled = (): boolean =>
    node.models.states().every(({ status, spoilt }) => status === 'live' && !spoilt) &&
    files().every((file) => faultOfFile(file) === null);

  it.each(['header', 'schema', 'table', 'index', 'search'] as const)(
    'in their %s answer again by themselves, as those that were made anew',
    async (part) => {
      node = await openNode();
      await node.append(60, 70);
      for (const seed of [1, 2]) await spoilAndAsk(part, seed);
    },
  );

  async function spoilAndAsk(part: SpoiltPart, seed: number): Promise<void> {
    for (const name of projectionNames) ask(name);
    for (const name of projectionNames) spoil(name, part, seed);
    const before = node.count('spoilt');
    // A commit makes the reading connections look into the file again.
    const position = await node.append(5, 80 + seed);
    for (const name of projectionNames) {
      const answer = ask(name);
      // Whoever is told to come back can read why on the page of whoever runs the site.
      const state = node.models.states().find((one) => one.name === name);
      if (answer === 'not yet') expect(state).toMatchObject({ spoilt: true });
    }
    if (part === 'schema') {
      // Both threads have it in memory and miss nothing; a look through the files finds it, as each start takes one.
      await node.models.close();
      await node.startModels();
    }
    await node.until(isSettled);
    expect(await node.models.whenProcessed(projectionNames, position, 20_000)).toBe(true);
    const answers = projectionNames.map(ask);
    const again = await Promise.all(projectionNames.map((name) => node.models.rebuild(name)));
    expect(again).toEqual(projectionNames.map(() => ({ ok: true })));
    expect(projectionNames.map(ask)).toEqual(answers);
    expect(node.count('spoilt')).toBeGreaterThan(before);
    expect(node.count('madeAgain')).toBe(node.count('spoilt'));
  }

  it('are found by the query, which is told to come back, and made again once', async () => {
    node = await openNode();
    const position = await node.append(30, 90);
    await node.models.close();
    await node.startModels();
    const before = node.models.accounts.all();
    // A stored list that is none any more: nothing is wrong with the pages.
    const db = new DatabaseSync(fileOf('sessions'));
    db.exec(`UPDATE session SET subject = 'no JSON'`);
    db.close();
    const changed = new Promise<void>((resolve) => node.models.onChange('sessions', () => resolve()));
    for (let n = 0; n < 3; n += 1) expect(ask('sessions')).toBe('not yet');
    expect(node.models.states().find(({ name }) => name === 'sessions')).toMatchObject({
      status: 'rebuilding',
      spoilt: true,
      lastError: expect.stringContaining('a row is not what was written'),
    });
    expect(node.models.position('sessions')).toBe(position);
    const waited = node.models.whenProcessed(['sessions'], position, 20_000);
    expect(node.models.accounts.all()).toEqual(before);
    expect(await waited).toBe(true);
    expect(ask('sessions')).toHaveLength(30);
    await node.until(() => node.count('madeAgain') === 1);
    await changed;
    expect(node.incidents).toEqual([
      { kind: 'spoilt', model: 'sessions', reason: expect.not.stringContaining('no JSON') },
      { kind: 'madeAgain', model: 'sessions' },
    ]);
  });

  it.each(['DROP TABLE due', 'ALTER TABLE due RENAME COLUMN due_at TO lost'])(
    'that lost a part of their schema (%s) are made again',
    async (sql) => {
      node = await openNode();
      const position = await node.append(10, 91);
      const before = ask('deadlines');
      const db = new DatabaseSync(fileOf('deadlines'));
      db.exec(sql);
      db.close();
      expect(ask('deadlines')).toBe('not yet');
      expect(await node.models.whenProcessed(['deadlines'], position, 20_000)).toBe(true);
      expect(ask('deadlines')).toEqual(before);
    },
  );

  it('whose folder was taken away are made again, and an administrator can pause one meanwhile', async () => {
    node = await openNode();
    await node.append(10, 92);
    rmSync(join(node.folder.path, 'read-models'), { recursive: true });
    await node.models.pause('alerts', true);
    await node.models.pause('alerts', false);
    await node.append(5, 93);
    await node.until(isSettled);
    expect(files()).toHaveLength(projectionNames.length);
    expect(ask('sessions')).toHaveLength(15);
    expect(node.incidents.map(({ kind }) => kind)).not.toContain('workerLost');
    expect(node.count('madeAgain')).toBe(projectionNames.length);
  });
});

it('read models that are made of texts whose keys are lost say so', async () => {
  const node = await openNode();
  const position = await node.append(3, 71);
  await node.models.close();
  const db = new DatabaseSync(join(node.folder.path, 'vault.db'));
  db.exec('DELETE FROM key_place');
  db.close();
  rmSync(join(node.folder.path, 'read-models'), { recursive: true });
  await node.startModels();
  expect(await node.models.whenProcessed(projectionNames, position, 30_000)).toBe(true);
  const reason = expect.stringMatching(/^event \S+: its key is not in the vault$/);
  expect(node.incidents).toContainEqual({ kind: 'textUnreadable', reason });
  await node.close();
});
