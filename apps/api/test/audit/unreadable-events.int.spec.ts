import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { acceptLoss } from '../../src/integrity/accept-loss';
import { ApiUnderTest } from '../support/api-under-test';
import { dataFolders, settingsOf, startAgain } from '../support/data-folders';
import { newId } from '../support/people';
import type { FeedEvent, Staff } from '../support/people';
import { until } from '../support/until';

const erased = { text: null, lost: 'erased' };
const unreadable = { text: null, lost: 'unreadable' };

interface History {
  readonly summary: { readonly customerNames: readonly object[] };
  readonly events: readonly (FeedEvent & { readonly unreadable: boolean })[];
  readonly missing: readonly object[];
  readonly chain: { readonly status: string; readonly lossAcceptedAt: string | null };
  readonly people: readonly { readonly id: string; readonly name: object }[];
  readonly customerIds: readonly string[];
}

const { fresh } = dataFolders();

describe('what damage made unreadable', () => {
  const dataDir = fresh();
  const [damaged, gone] = [
    { sessionId: '', number: '', customerId: '' },
    { sessionId: '', customerId: '' },
  ];
  let api: ApiUnderTest;
  let warned: jest.SpiedFunction<ApiUnderTest['node']['log']['warn']>;
  let auditor: Staff;
  let colleague: Staff;
  let lines: readonly string[];

  beforeAll(async () => {
    api = await ApiUnderTest.start({ dataDir });
    auditor = await api.colleague(await api.firstAdministrator(), ['administrator', 'auditor', 'supervisor']);
    colleague = await api.colleague(auditor, ['representative']);
    Object.assign(gone, await endedSession());
    const session = await auditor.startSession();
    const bojan = await api.customer().join(session.number, 'Bojan');
    Object.assign(damaged, session);
    lines = await inOrder(['zero', 'one', 'two', 'three', 'four'], (text) => auditor.say(session.sessionId, text));
    await bojan.say('of Bojan');
    await auditor.do('endSession', { commandId: newId(), sessionId: session.sessionId });
    await auditor.do('erasePersonalData', { commandId: newId(), customerId: gone.customerId });
    damaged.customerId = (await historyOf(session.sessionId)).customerIds[0] ?? '';
    await api.stop();
    damage();
    // They are made again from the log as it is.
    rmSync(join(dataDir, 'read-models'), { recursive: true });
    api = await startAgain(auditor, { dataDir });
    warned = jest.spyOn(api.node.log, 'warn');
    await until('the damage is found', () => api.node.store.integrity().status === 'damaged');
  });
  afterAll(() => api.close());

  async function endedSession(): Promise<typeof gone> {
    const { sessionId, number } = await auditor.startSession();
    const ana = await api.customer().join(number, 'Ana');
    await ana.say('erased soon');
    await auditor.do('endSession', { commandId: newId(), sessionId });
    return { sessionId, customerId: (await historyOf(sessionId)).customerIds[0] ?? '' };
  }

  async function inOrder<T>(texts: readonly string[], act: (text: string) => Promise<T>): Promise<readonly T[]> {
    const made: T[] = [];
    for (const text of texts) made.push(await act(text));
    return made;
  }

  function damage(): void {
    const db = new DatabaseSync(join(dataDir, 'log.db'));
    const stream = `(SELECT id FROM stream WHERE name = 'supportSession-${damaged.sessionId}')`;
    const ofType = (type: string): string => `type = (SELECT id FROM type WHERE name = '${type}')`;
    const change = (change: string, where: string): void => {
      expect(db.prepare(`${change} WHERE ${where}`).run().changes).toBe(1);
    };
    // Another sign where the sealed text begins; the number of another key; no event any more; another form.
    const sealed = `replace(body, '"ciphertext":"', '"ciphertext":"AAAA')`;
    const line = (n: number): string => `stream = ${stream} AND body LIKE '%"messageId":"${lines[n]}"%'`;
    change(
      `UPDATE event SET body = ${sealed}`,
      `stream = ${stream} AND body LIKE '%primaryCustomer%' AND ${ofType('ParticipantJoined')}`,
    );
    change(`UPDATE event SET body = ${sealed}`, line(0));
    change(`UPDATE event SET body = replace(body, '"item":', '"item":1')`, line(1));
    change(`UPDATE event SET body = substr(body, 1, 40)`, line(2));
    change('DELETE FROM event', line(3));
    change(`UPDATE event SET body = replace(body, '"authorId":', '"authosId":')`, line(4));
    change('DELETE FROM event', `stream = ${stream} AND ${ofType('SessionEnded')}`);
    const account = `stream = (SELECT id FROM stream WHERE name = 'representative-${colleague.accountId}')`;
    change(`UPDATE event SET body = ${sealed}`, `${account} AND ${ofType('AccountCreated')}`);
    db.close();
  }

  const historyOf = (sessionId: string): Promise<History> => auditor.do<History>('sessionHistory', { sessionId });
  const nameIn = ({ people }: History, id: string): unknown => people.find((person) => person.id === id)?.name;

  it('is told from what was erased: a name and a line of an event that can be read otherwise', async () => {
    const history = await historyOf(damaged.sessionId);
    expect(nameIn(history, damaged.customerId)).toEqual(unreadable);
    expect(history.summary.customerNames).toEqual([unreadable]);
    const texts = history.events.filter(({ type }) => type === 'ChatMessageSent').map(({ payload }) => payload['text']);
    expect(texts.slice(0, 2)).toEqual([{ unreadable: true }, { unreadable: true }]);
    expect(texts.at(-1)).toBe('of Bojan');

    const other = await historyOf(gone.sessionId);
    expect(nameIn(other, gone.customerId)).toEqual(erased);
    expect(other.summary.customerNames).toEqual([erased]);
    expect(other.events.find(({ type }) => type === 'ChatMessageSent')?.payload['text']).toEqual({ erased: true });
    expect([other.missing, other.events.filter((event) => event.unreadable)]).toEqual([[], []]);
  });

  it('is told once to whoever runs the server, without a word of it', async () => {
    const told = (): readonly unknown[] =>
      warned.mock.calls.flatMap(([said, about]) => (said === 'personal text cannot be read' ? [about] : []));
    await historyOf(damaged.sessionId);
    for (const why of ['it is not what was written in its place', 'its key is not in the vault'])
      expect(told()).toContainEqual({ reason: expect.stringMatching(new RegExp(`^event \\S+: ${why}$`)) });
    const before = told().length;
    await historyOf(damaged.sessionId);
    expect(told()).toHaveLength(before);
  });

  it('stands in its place as an event that cannot be read, and what is missing as a gap', async () => {
    const { events, missing } = await historyOf(damaged.sessionId);
    const ofLines = events.filter(({ type }) => type === 'ChatMessageSent');
    const [first = 0] = ofLines.map(({ revision }) => revision);
    expect(ofLines.map((event) => [event.revision - first, event.unreadable])).toEqual([
      ...[
        [0, false],
        [1, false],
        [2, true],
        [4, true],
        [5, false],
      ],
    ]);
    expect(ofLines[2]?.payload).toEqual({});
    expect(missing).toEqual([{ from: first + 3, to: first + 3 }]);
  });

  it('keeps nothing else from being read: lists, accounts, reports, the feed and the history of the site', async () => {
    const { accounts } = await auditor.do<{ accounts: { id: string; name: object; email: object }[] }>('accounts');
    expect(accounts.find(({ id }) => id === colleague.accountId)).toMatchObject({ name: unreadable });
    expect(accounts.filter(({ name }) => 'text' in name && name.text !== null).length).toBeGreaterThan(1);
    const day = new Date().toISOString().slice(0, 10);
    for (const [query, variables] of [
      ['sessions', {}],
      ['siteHistory', {}],
      ['findSessions', { number: damaged.number }],
      ['csrActivity', { from: day, to: day, timeZone: 'UTC' }],
      ['projections', {}],
    ] as const)
      expect([query, (await auditor.ask(query, variables)).code]).toEqual([query, 'ok']);
    const socket = await auditor.socket();
    const { events } = await auditor.sessionFeed(socket, damaged.sessionId).value();
    expect(events.find(({ type }) => type === 'ChatMessageSent')?.payload['text']).toEqual({ unreadable: true });
    await socket.close();
  });

  it('is read page by page with all that stands about it, so that a long stream holds up nobody', async () => {
    const readStream = jest.spyOn(api.node.store, 'readStream');
    await historyOf(damaged.sessionId);
    await auditor.do('siteHistory', {});
    const streams = readStream.mock.calls.map(([stream]) => stream);
    expect(streams).toEqual(
      expect.arrayContaining([`supportSession-${damaged.sessionId}`, `representative-${colleague.accountId}`]),
    );
    for (const [stream, options] of readStream.mock.calls) expect([stream, options?.maxCount]).not.toContain(undefined);
    readStream.mockRestore();
  });

  it('once an operator has accepted it, is told to be accepted, after the sessions that stand open again', async () => {
    expect((await historyOf(damaged.sessionId)).chain).toMatchObject({ status: 'broken', lossAcceptedAt: null });
    await api.stop();
    const told = await acceptLoss(settingsOf(dataDir), undefined);
    const number = damaged.number.replace(/(\d{3})(?=\d)/g, '$1 ');
    expect(told.lines.at(-2)).toBe(
      `In the log as it is now 1 session stands open, perhaps only because its end is missing: ${number}.`,
    );
    const code = /--findings (\w+)/.exec(told.lines.at(-1) ?? '')?.[1];
    expect(await acceptLoss(settingsOf(dataDir), code)).toMatchObject({ status: 'accepted' });
    api = await startAgain(auditor, { dataDir });
    const { chain } = await historyOf(damaged.sessionId);
    expect(chain).toMatchObject({ status: 'lossAccepted', lossAcceptedAt: expect.stringMatching(/^\d{4}-/) });
    const { sessionId } = await auditor.startSession();
    // What began after that lost nothing by it.
    expect((await historyOf(sessionId)).chain).toMatchObject({ status: 'unbroken', lossAcceptedAt: null });
  });
});
