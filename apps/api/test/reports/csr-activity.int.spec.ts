import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CsrActivityReport, CsrActivityRow, ExportedFile, SessionList } from '../../src/graphql/generated/staff';
import { ApiUnderTest, GivenClock } from '../support/api-under-test';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { SharedScreen } from '../support/shared-screen';

const day = '2026-11-20';
const range = { from: day, to: day, timeZone: 'Europe/Belgrade' };
const clock = new GivenClock(new Date('2026-11-20T09:00:00.000Z'));
const injection = '=HYPERLINK("https://example.org")';

let api: ApiUnderTest;
let administrator: Staff;
let supervisor: Staff;
let ana: Staff;
let bora: Staff;
let sessionId: string;
let customerId: string;

beforeAll(async () => {
  api = await ApiUnderTest.start({ clock });
  administrator = await api.firstAdministrator();
  supervisor = await api.colleague(administrator, ['supervisor'], 'Vera');
  ana = await api.colleague(administrator, ['representative'], 'Ana');
  bora = await api.colleague(administrator, ['representative'], '+Bora');
  await anaHelps();
  await boraStarts();
  await api.upToDate();
});
afterAll(() => api.close());

/** 09:00 started with a customer at once, 09:02 first line, two questions of which one is granted, two notes, 09:52 ended. */
async function anaHelps(): Promise<void> {
  const session = await SharedScreen.begin(api, ana);
  sessionId = session.sessionId;
  clock.pass({ minutes: 2 });
  await ana.say(sessionId, 'Good morning');
  const requestId = await session.shown();
  await session.ana.do('denyRequest', { commandId: newId(), requestId });
  await session.granted();
  await note('first', newId(), 0);
  const noteId = newId();
  await note('draft', noteId, 0);
  clock.pass({ minutes: 50 });
  await ana.do('endSession', { commandId: newId(), sessionId });
  clock.pass({ minutes: 1 });
  await note(`${injection}\nSecond line; with "quotes"`, noteId, 1);
  const participants = Object.values((await api.node.sessions.find(sessionId))?.participants ?? {});
  customerId = participants.find(({ role }) => role === 'primaryCustomer')?.personId ?? '';
}

/** From 09:53 on, still open at 10:03. */
async function boraStarts(): Promise<void> {
  const { sessionId: open } = await bora.startSession();
  clock.pass({ minutes: 10 });
  await bora.say(open, 'Is anybody there?');
}

async function note(text: string, noteId: string, basedOn: number): Promise<void> {
  await ana.do('saveNote', { commandId: newId(), sessionId, noteId, basedOn, text });
}

const report = (who: Staff, more: object = {}): Promise<CsrActivityReport> =>
  who.do<CsrActivityReport>('csrActivity', { ...range, ...more });
const rowOf = ({ rows }: CsrActivityReport, who: Staff): CsrActivityRow | undefined =>
  rows.find(({ representativeId }) => representativeId === who.accountId);
const lastAccess = async (type: string): Promise<Record<string, unknown> | undefined> =>
  (await api.events()).findLast((event) => event.type === type && event.stream.startsWith('access-'))?.payload;

describe('the CSR activity report', () => {
  it('has the figures of every CSR, their sum, and where they stand in the log', async () => {
    const all = await report(supervisor);
    expect(rowOf(all, ana)).toMatchObject({
      ...{ name: { text: 'Ana', lost: null }, sessions: 1, inSession: 52 * 60 },
      timeInSession: { count: 1, total: 3120, average: 3120, shortest: 3120, longest: 3120, median: 3120 },
      firstResponse: { count: 1, average: 120 },
      ...{ consentsAsked: 2, consentsGranted: 1, grantRate: 0.5 },
    });
    expect(rowOf(all, bora)).toMatchObject({ sessions: 0, inSession: 600, grantRate: null });
    expect(all.total).toMatchObject({ sessions: 1, inSession: 62 * 60, consentsAsked: 2, name: { text: null } });
    const opened = (await api.events()).findLast(({ stream }) => stream.startsWith('supportSession-'));
    expect(all).toMatchObject({ ...range, formulaVersion: 1, erasedFields: 0, position: opened?.position });
  });

  it('has hours of the time zone for the chart, and dashes where nothing was measured', async () => {
    const { buckets } = await report(supervisor);
    expect(buckets).toHaveLength(24);
    expect(buckets.filter(({ inSession }) => inSession > 0)).toEqual([
      { from: '2026-11-20T09:00:00.000Z', sessions: 1, inSession: 59 * 60 },
      { from: '2026-11-20T10:00:00.000Z', sessions: 0, inSession: 3 * 60 },
    ]);
    const empty = await report(supervisor, { from: '2026-10-01', to: '2026-10-31' });
    expect(empty.rows).toEqual([]);
    expect(empty.total).toMatchObject({ grantRate: null, timeInSession: { count: 0, average: null, median: null } });
    expect(empty.buckets).toHaveLength(31);
  });

  it('cuts days by the time zone that was asked for', async () => {
    // 09:52 UTC is 23:52 of the day before in Honolulu and 15:37 in Kathmandu.
    const inHonolulu = { timeZone: 'Pacific/Honolulu', from: '2026-11-19', to: '2026-11-19' };
    expect((await report(supervisor, inHonolulu)).total).toMatchObject({ sessions: 1, inSession: 59 * 60 });
    expect((await report(supervisor, { timeZone: 'Asia/Kathmandu' })).total).toMatchObject({ sessions: 1 });
  });

  it('is the same when it is run again', async () => {
    expect(JSON.stringify(await report(supervisor))).toBe(JSON.stringify(await report(supervisor)));
  });

  it('has the latest version of each note', async () => {
    expect(rowOf(await report(supervisor), ana)?.notes).toMatchObject([
      { sessionId, version: 1, savedAt: '2026-11-20T09:02:00.000Z', text: { text: 'first' } },
      { sessionId, version: 2, text: { text: `${injection}\nSecond line; with "quotes"`, lost: null } },
    ]);
  });

  it('is written down with its filter, position and formulas', async () => {
    const { position } = await report(supervisor, { representativeIds: [bora.accountId] });
    expect(await lastAccess('ReportRun')).toEqual({
      ...{ report: 'csrActivity', ...range, representativeIds: [bora.accountId], position, formulaVersion: 1 },
    });
  });
});

describe('whose figures', () => {
  it('are those chosen, for a supervisor', async () => {
    const { rows } = await report(supervisor, { representativeIds: [bora.accountId, supervisor.accountId] });
    expect(rows.map(({ representativeId }) => representativeId).sort()).toEqual(
      [bora.accountId, supervisor.accountId].sort(),
    );
  });

  it('are his own alone, for a CSR', async () => {
    const { rows, total, buckets } = await report(ana);
    expect(rows.map(({ representativeId }) => representativeId)).toEqual([ana.accountId]);
    expect(total.inSession).toBe(52 * 60);
    expect(buckets.reduce((sum, { inSession }) => sum + inSession, 0)).toBe(52 * 60);
  });

  it.each(['csrActivity', 'exportCsrActivity', 'csrActivitySessions'])('are refused to others by %s', async (what) => {
    const asked = { representativeIds: [ana.accountId, bora.accountId], representativeId: bora.accountId };
    const variables = { ...range, ...asked, figure: 'sessions', locale: 'en' };
    for (const who of [ana, administrator]) expect((await who.ask(what, variables)).code).toBe('NOT_ALLOWED');
    expect(await lastAccess('CommandRefused')).toEqual({ command: what, code: 'NOT_ALLOWED' });
  });
});

describe('what cannot be reported', () => {
  it.each([
    [{ from: day, to: '2026-11-19' }, 'RANGE_INVALID'],
    [{ from: '2025-01-01' }, 'RANGE_INVALID'],
    [{ from: 'yesterday' }, 'RANGE_INVALID'],
    [{ timeZone: 'Europe/Atlantis' }, 'TIME_ZONE_UNKNOWN'],
    [{ timeZone: '+01:00' }, 'TIME_ZONE_UNKNOWN'],
    [{ representativeIds: ['somebody'] }, 'INPUT_INVALID'],
    [{ figure: 'luck', representativeId: newId() }, 'INPUT_INVALID'],
    [{ locale: 'tlh' }, 'LOCALE_UNKNOWN'],
  ])('%j is refused with %s', async (more, code) => {
    const what = 'figure' in more ? 'csrActivitySessions' : 'locale' in more ? 'exportCsrActivity' : 'csrActivity';
    expect((await supervisor.ask(what, { ...range, ...more })).code).toBe(code);
  });
});

describe('behind each figure', () => {
  const behind = (who: Staff, figure: string): Promise<SessionList> =>
    supervisor.do<SessionList>('csrActivitySessions', { ...range, representativeId: who.accountId, figure });

  it.each(['sessions', 'inSession', 'timeInSession', 'firstResponse', 'consentsAsked', 'consentsGranted', 'notes'])(
    '%s are the sessions that make it',
    async (figure) => {
      expect((await behind(ana, figure)).sessions.map(({ id }) => id)).toEqual([sessionId]);
    },
  );

  it('stand only sessions that count for it', async () => {
    expect((await behind(bora, 'sessions')).sessions).toEqual([]);
    expect((await behind(bora, 'inSession')).sessions).toMatchObject([{ status: 'open' }]);
    const row = rowOf(await report(supervisor), ana);
    expect((await behind(ana, 'sessions')).sessions).toHaveLength(row?.sessions ?? -1);
  });
});

describe('the file for spreadsheets', () => {
  const exported = (who: Staff, locale = 'en'): Promise<ExportedFile> =>
    who.do<ExportedFile>('exportCsrActivity', { ...range, locale });

  it('is CSV with byte order mark, the figures and notes of the report, and is written down', async () => {
    const { name, mediaType, content } = await exported(supervisor);
    expect({ name, mediaType }).toEqual({
      ...{ name: 'csr-activity_2026-11-20_2026-11-20.csv', mediaType: 'text/csv; charset=utf-8' },
    });
    expect([...Buffer.from(content, 'utf8').subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(content).toContain('\r\n"Ana",1,3120,3120,3120,3120,3120,3120,1,120,120,120,120,2,1,50\r\n');
    expect(content).toContain(`,"2026-11-20T10:53:00+01:00","Ana","'${injection.replaceAll('"', '""')}\nSecond line; `);
    expect(content).toContain('\r\n"Time zone","Europe/Belgrade"\r\n');
    const { position } = await report(supervisor);
    expect(await lastAccess('ReportExported')).toEqual({
      ...{ report: 'csrActivity', ...range, representativeIds: null, position, formulaVersion: 1, format: 'csv' },
    });
  });

  it('has nobody begin a formula, not by his name either', async () => {
    expect((await exported(supervisor, 'sr-Latn')).content).toContain(`\r\n"'+Bora";0;600;–;`);
  });

  it('has only his own figures, for a CSR', async () => {
    const { content } = await exported(ana);
    expect(content).toContain('\r\n"Ana",1,');
    expect(content).not.toContain('Bora');
  });

  it('is the same bytes when nothing happened between', async () => {
    expect((await exported(supervisor, 'zh-Hant-TW')).content).toBe((await exported(supervisor, 'zh-Hant-TW')).content);
  });
});

describe('after an erasure', () => {
  beforeAll(async () => {
    await administrator.do('erasePersonalData', { commandId: newId(), customerId });
    await api.upToDate();
  });

  it('the notes read "erased" and are counted, and every figure is as before', async () => {
    const all = await report(supervisor);
    expect(rowOf(all, ana)?.notes.map(({ text }) => text)).toEqual([
      { text: null, lost: 'erased' },
      { text: null, lost: 'erased' },
    ]);
    expect(all.erasedFields).toBe(2);
    expect(rowOf(all, ana)).toMatchObject({ sessions: 1, inSession: 52 * 60, consentsAsked: 2 });
    const { content } = await supervisor.do<ExportedFile>('exportCsrActivity', { ...range, locale: 'en' });
    expect(content).toContain('\r\n"Erased fields",2\r\n');
    expect(content.match(/,"Ana","erased"\r\n/gu)).toHaveLength(2);
    expect(content).not.toContain('HYPERLINK');
  });
});
