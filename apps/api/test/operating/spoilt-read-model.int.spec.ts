import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ApiUnderTest } from '../support/api-under-test';
import { operation, staffOperations } from '../support/operations';
import type { Staff } from '../support/people';
import { until } from '../support/until';

describe('a read model whose file is spoilt', () => {
  let api: ApiUnderTest;
  let administrator: Staff;
  beforeAll(async () => {
    api = await ApiUnderTest.start();
    administrator = await api.firstAdministrator();
    await api.upToDate();
  });
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => api.close());

  const ready = async (): Promise<{ status: number; body: unknown }> => {
    const answer = await fetch(`${api.url}/health/ready`);
    return { status: answer.status, body: await answer.json() };
  };
  const metrics = async (): Promise<string> => (await fetch(`${api.url}/metrics`)).text();
  const loseTable = (model: string, table: string): void => {
    const folder = join(api.dataDir, 'read-models');
    const file = readdirSync(folder).find((name) => name.startsWith(`${model}.`) && name.endsWith('.db'));
    const db = new DatabaseSync(join(folder, file ?? ''));
    db.exec(`ALTER TABLE ${table} RENAME TO lost`);
    db.close();
  };

  it('is asked again by whoever watches; the chat does not notice', async () => {
    const { sessionId, number } = await administrator.startSession();
    const ana = await api.customer().join(number, 'Ana');
    await api.upToDate();
    const socket = await administrator.socket();
    const feed = socket.subscribe<{ accounts: object[] }>(operation(staffOperations, 'accountsFeed').text);
    const before = await feed.value();
    const wasSpoilt: string[] = [];
    api.node.readModels.onStates((states) =>
      wasSpoilt.push(...states.filter(({ spoilt }) => spoilt).map(({ name }) => name)),
    );
    loseTable('accounts', 'account');
    expect((await administrator.ask('accounts')).code).toBe('NOT_YET');
    expect(wasSpoilt).toContain('accounts');
    await administrator.say(sessionId, 'Can you see this?');
    await ana.say('Yes');
    expect((await feed.value()).accounts).toEqual(before.accounts);
    await until('the site is ready again', async () => (await ready()).status === 200);
    expect((await administrator.ask('accounts')).code).toBe('ok');
    await socket.close();
  });

  it('makes the site not ready, which names it, also in the figures', async () => {
    const [state, ...others] = api.node.readModels.states();
    if (state === undefined) throw new Error('There are read models.');
    jest
      .spyOn(api.node.readModels, 'states')
      .mockReturnValue([{ ...state, status: 'rebuilding', spoilt: true }, ...others]);
    expect(await ready()).toEqual({
      status: 503,
      body: { status: 'notReady', log: 'whole', vault: 'ready', secondPlace: 'none', failedProjections: [state.name] },
    });
    expect(await metrics()).toContain(`deskside_projection_failed{projection="${state.name}"} 1`);
  });

  it('is something else than a rebuild that was asked for, during which the site stays ready', async () => {
    const [state, ...others] = api.node.readModels.states();
    if (state === undefined) throw new Error('There are read models.');
    jest.spyOn(api.node.readModels, 'states').mockReturnValue([{ ...state, status: 'rebuilding' }, ...others]);
    expect((await ready()).status).toBe(200);
    expect(await metrics()).toContain(`deskside_projection_failed{projection="${state.name}"} 0`);
  });

  it('is no worse than a log that nobody writes: the site is not ready then either', async () => {
    const trouble = { code: 'LOG_UNAVAILABLE', sentence: 'for a test' } as const;
    jest.spyOn(api.node.store, 'trouble').mockReturnValue(trouble);
    expect(await ready()).toMatchObject({ status: 503, body: { log: 'unavailable' } });
    expect(await metrics()).toContain('deskside_log_unavailable 1');
  });
});
