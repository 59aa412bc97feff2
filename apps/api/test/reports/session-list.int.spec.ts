import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionNow, SessionNowList, SessionPage } from '../../src/graphql/generated/staff';
import { ApiUnderTest, GivenClock } from '../support/api-under-test';
import { operation, staffOperations } from '../support/operations';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { SharedScreen } from '../support/shared-screen';
import type { Socket } from '../support/socket';

const clock = new GivenClock();
let api: ApiUnderTest;
let administrator: Staff;
let supervisor: Staff;
let ana: Staff;
let bora: Staff;

beforeAll(async () => {
  api = await ApiUnderTest.start({ clock });
  administrator = await api.firstAdministrator();
  supervisor = await api.colleague(administrator, ['supervisor']);
  ana = await api.colleague(administrator, ['representative']);
  bora = await api.colleague(administrator, ['representative']);
});
afterAll(() => api.close());

const list = async (who: Staff, variables: object = {}): Promise<SessionPage> => {
  await api.upToDate();
  return who.do<SessionPage>('sessions', { ...variables });
};
const ids = ({ sessions }: SessionPage): readonly string[] => sessions.map(({ id }) => id);
const searches = async (): Promise<readonly unknown[]> =>
  (await api.events()).filter(({ type }) => type === 'SearchMade').map(({ payload }) => payload);

describe('the list of sessions', () => {
  let first: { sessionId: string; number: string };
  let second: { sessionId: string; number: string };
  const between = '2026-11-20T09:30:00.000Z';

  beforeAll(async () => {
    first = await ana.startSession();
    await api.customer().join(first.number, 'Đorđe Šćepanović');
    await ana.do('endSession', { commandId: newId(), sessionId: first.sessionId });
    clock.pass({ hours: 1 });
    second = await bora.startSession();
    await api.customer().join(second.number, '陳怡君');
  });

  it('shows a supervisor all of them, newest first, and a CSR his own', async () => {
    expect(ids(await list(supervisor))).toEqual([second.sessionId, first.sessionId]);
    expect(ids(await list(ana))).toEqual([first.sessionId]);
    expect(ids(await list(ana, { representativeId: ana.accountId }))).toEqual([first.sessionId]);
    expect((await ana.ask('sessions', { representativeId: bora.accountId })).code).toBe('NOT_ALLOWED');
  });

  it('finds by number, by part of a name in any script, by day, CSR and status', async () => {
    expect(ids(await list(supervisor, { search: ` ${first.number.replace(/(...)/gu, '$1 ')}` }))).toEqual([
      first.sessionId,
    ]);
    expect(ids(await list(supervisor, { search: 'scepan' }))).toEqual([first.sessionId]);
    expect(ids(await list(supervisor, { search: 'ђорђе' }))).toEqual([first.sessionId]);
    expect(ids(await list(supervisor, { search: '怡君' }))).toEqual([second.sessionId]);
    expect(ids(await list(supervisor, { search: 'nobody' }))).toEqual([]);
    expect(ids(await list(supervisor, { from: between }))).toEqual([second.sessionId]);
    expect(ids(await list(supervisor, { to: between }))).toEqual([first.sessionId]);
    expect(ids(await list(supervisor, { representativeId: bora.accountId }))).toEqual([second.sessionId]);
    expect(ids(await list(supervisor, { status: 'ended' }))).toEqual([first.sessionId]);
    expect(ids(await list(ana, { search: '怡君' }))).toEqual([]);
  });

  it('writes down that somebody searched by name, not what he typed', async () => {
    const before = (await searches()).length;
    await list(supervisor, { search: 'scepan' });
    await list(supervisor, { search: first.number });
    await list(supervisor);
    expect((await searches()).slice(before)).toEqual([{ by: 'name', results: 1 }]);
  });

  it('refuses a status, a place and a time that are none', async () => {
    for (const wrong of [{ status: 'waiting' }, { before: 'x' }, { before: 'a~b' }])
      expect([wrong, (await supervisor.ask('sessions', wrong)).code]).toEqual([wrong, 'INPUT_INVALID']);
    // A time that is none never comes as far: the scalar takes no other.
    expect((await supervisor.ask('sessions', { from: '2026-11-20' })).code).toBe('BAD_USER_INPUT');
  });

  it('turns pages without a gap or a double', async () => {
    const started = new Set<string>([first.sessionId]);
    for (let n = 0; n < 60; n += 1) {
      const { sessionId } = await ana.startSession();
      started.add(sessionId);
      await ana.do('endSession', { commandId: newId(), sessionId });
    }
    const newest = await list(ana);
    expect(newest.sessions).toHaveLength(50);
    const older = await list(ana, { before: newest.olderBefore });
    expect(older.olderBefore).toBeNull();
    expect([...ids(newest), ...ids(older)]).toHaveLength(61);
    expect(new Set([...ids(newest), ...ids(older)])).toEqual(started);
  });
});

describe('sessions now', () => {
  let socket: Socket;
  beforeAll(async () => {
    socket = await supervisor.socket();
  });
  afterAll(() => socket.close());

  it('shows who helps whom, what is shared since when, who talks and what is reported, as it changes', async () => {
    const feed = socket.subscribe<SessionNowList>(operation(staffOperations, 'sessionsNow').text);
    const session = await SharedScreen.begin(api, bora);
    const until = async (isSo: (now: SessionNow | undefined) => boolean): Promise<SessionNow | undefined> => {
      const find = ({ sessions }: SessionNowList): SessionNow | undefined =>
        sessions.find(({ summary }) => summary.id === session.sessionId);
      return find(await feed.until((seen) => isSo(find(seen))));
    };
    const came = await until((now) => now?.customerPresence === 'present');
    expect(came).toMatchObject({
      ...{ customerName: { text: 'Ana' }, shared: [], sharedSince: null, talking: 0, reported: false },
      summary: { representativeId: bora.accountId },
    });
    await session.granted();
    await session.byCsr('joinAudio', { muted: false });
    const shared = await until((now) => now?.talking === 1);
    expect(shared).toMatchObject({ shared: ['desktop/view'], sharedSince: clock.now().toISOString() });
    await session.byCsr('endSession');
    expect(await until((now) => now === undefined)).toBeUndefined();
  });

  it('is refused to a CSR and to an administrator', async () => {
    for (const who of [ana, administrator]) {
      const own = await who.socket();
      const refusedFeed = own.subscribe<SessionNowList>(operation(staffOperations, 'sessionsNow').text);
      expect((await refusedFeed.next())?.errors?.[0]?.extensions?.code).toBe('NOT_ALLOWED');
      await own.close();
    }
  });
});
