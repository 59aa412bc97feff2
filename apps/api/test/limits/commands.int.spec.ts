import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rates } from '../../src/limits/limits';
import type { Answer } from '../support/answer';
import { ApiUnderTest } from '../support/api-under-test';
import { noLimits } from '../support/no-limits';
import { newId } from '../support/people';
import type { Customer, Staff, StartedSession } from '../support/people';

let api: ApiUnderTest;
let csr: Staff;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  csr = await api.colleague(await api.firstAdministrator(), ['representative']);
});
afterAll(() => api.close());

async function inSession(): Promise<{ session: StartedSession; ana: Customer }> {
  const session = await csr.startSession();
  return { session, ana: await api.customer().join(session.number, 'Ana') };
}

const line = (by: Customer, text: string, commandId = newId()): Promise<Answer> =>
  by.ask('sendChatMessage', { commandId, to: 'all', text });

/** Twenty at once: of more than sixty under way some would be refused for that alone. @returns their codes */
async function inBatches(many: number, ask: (n: number) => Promise<Answer>): Promise<readonly string[]> {
  const codes: string[] = [];
  while (codes.length < many) {
    const batch = await Promise.all(Array.from({ length: 20 }, (_, n) => ask(codes.length + n)));
    codes.push(...batch.map(({ code }) => code));
  }
  return codes;
}

const lines = (by: Customer, many: number, text: string): Promise<readonly string[]> =>
  inBatches(many, (n) => line(by, `${n} ${text}`));

const count = (codes: readonly string[], wanted: string): number => codes.filter((code) => code === wanted).length;
const logBytes = (): number =>
  ['log.db', 'log.db-wal'].reduce((sum, name) => sum + statSync(join(api.dataDir, name)).size, 0);

describe('a customer who floods the log', () => {
  it('fills no more of it than a person would, is told how long to wait, and shuts nobody up', async () => {
    const { session, ana } = await inSession();
    const [before, begun] = [logBytes(), performance.now()];
    const codes = await lines(ana, 300, 'x'.repeat(3900));
    const seconds = (performance.now() - begun) / 1000;
    const allowed = rates.commandsOfKind.burst + Math.ceil(seconds * rates.commandsOfKind.perSecond);
    expect(count(codes, 'ok')).toBeLessThanOrEqual(allowed + 1);
    expect(count(codes, 'ok') + count(codes, 'TOO_MANY_REQUESTS')).toBe(300);
    expect(logBytes() - before).toBeLessThan(3_000_000);
    // The representative's line is taken, and so is what ends something.
    await csr.say(session.sessionId, 'Please wait');
    await ana.do('leaveSession', { commandId: newId() });
  });

  it('whose answer was lost gets it for a command that was done, however fast they are', async () => {
    const { ana } = await inSession();
    const commandId = newId();
    expect((await line(ana, 'first', commandId)).code).toBe('ok');
    await lines(ana, 100, 'flood');
    expect((await line(ana, 'first', commandId)).code).toBe('ok');
  });

  it('who types without an end fills nothing', async () => {
    const { ana } = await inSession();
    const head = await api.node.store.head();
    const codes = await inBatches(200, () => ana.ask('signalTyping', { to: 'all', typing: true }));
    expect(count(codes, 'ok')).toBe(200);
    expect(await api.node.store.head()).toBe(head);
  });
});

it('customers of a session together do not keep its representative from working, and are told how long to wait', async () => {
  const commandsOfCustomers = { burst: 12, perSecond: 0.001 };
  const small = await ApiUnderTest.start({ limits: { rates: { ...noLimits.rates, commandsOfCustomers } } });
  const representative = await small.colleague(await small.firstAdministrator(), ['representative']);
  const { sessionId, number } = await representative.startSession();
  const ana = await small.customer().join(number, 'Ana');
  const bojan = await small.customer().join(number, 'Bojan');
  const { participantId } = bojan;
  await representative.do('admitToSession', { commandId: newId(), sessionId, participantId });
  const answers: Answer[] = [];
  for (let n = 0; n < 10; n++) answers.push(await line(ana, `${n}`), await line(bojan, `${n}`));
  // Two of the twelve were their joining.
  expect(
    count(
      answers.map(({ code }) => code),
      'ok',
    ),
  ).toBe(10);
  expect(answers.at(-1)?.errors[0]?.extensions).toEqual({
    code: 'TOO_MANY_REQUESTS',
    details: { seconds: expect.any(Number) },
  });
  for (let n = 0; n < 15; n++) await representative.say(sessionId, `${n}`);
  await ana.do('leaveSession', { commandId: newId() });
  await small.close();
});

/** Rows that the vault keeps of customers' bearers and cookies. */
function keptBearers(): number {
  const db = new DatabaseSync(join(api.dataDir, 'vault.db'), { readOnly: true });
  const row = db.prepare(`SELECT count(*) AS kept FROM secret WHERE kind LIKE 'customer-%'`).get();
  db.close();
  return Number(row?.['kept']);
}

describe('a command that changes nothing writes nothing', () => {
  it('coming back by the cookie, and joining again by the same command', async () => {
    const session = await csr.startSession();
    const commandId = newId();
    const ana = await api.customer().join(session.number, 'Ana', commandId);
    const [kept, head] = [keptBearers(), await api.node.store.head()];
    const back = await Promise.all(Array.from({ length: 50 }, () => ana.do<{ bearer: string }>('returnToSession')));
    expect(new Set(back.map(({ bearer }) => bearer)).size).toBe(1);
    expect(keptBearers()).toBe(kept + 1);
    await Promise.all(
      Array.from({ length: 20 }, () => ana.do('joinByNumber', { commandId, number: session.number, name: 'Ana' })),
    );
    expect(keptBearers()).toBe(kept + 1);
    expect(await api.node.store.head()).toBe(head);
    await ana.do('leaveSession', { commandId: newId() });
    expect((await ana.ask('returnToSession')).value).toBeNull();
  });

  it('muted already, joined already, described already, the same language, the same settings', async () => {
    const { session, ana } = await inSession();
    const device = {
      browser: 'Firefox',
      system: 'Windows',
      form: 'desktop',
      canShareScreen: true,
      microphones: 1,
      cameras: 0,
    };
    const acts = [
      () => ana.do('joinAudio', { commandId: newId(), muted: true }),
      () => ana.do('setMuted', { commandId: newId(), muted: true }),
      () => ana.do('describeDevice', { commandId: newId(), device }),
      () => csr.do('joinAudio', { commandId: newId(), sessionId: session.sessionId, muted: false }),
      () => csr.do('changeOwnLocale', { commandId: newId(), locale: 'sr-Latn' }),
    ];
    for (const act of acts) await act();
    const head = await api.node.store.head();
    for (let n = 0; n < 5; n++) for (const act of acts) await act();
    expect(await api.node.store.head()).toBe(head);
  });
});

describe('two hundred who join with the right number', () => {
  it('lock nobody out: not their address, not another session, and a full waiting room is no guess', async () => {
    const session = await csr.startSession();
    const other = await csr.startSession();
    const { address } = api.customer();
    const by = (): Customer => Object.assign(api.customer(), { address });
    const join = (number: string): Promise<Answer> =>
      by().ask('joinByNumber', { commandId: newId(), number, name: 'Ana' });
    const codes: string[] = [];
    for (let n = 0; n < 10; n++)
      codes.push(
        ...(await Promise.all(Array.from({ length: 20 }, () => join(session.number)))).map(({ code }) => code),
      );
    expect(count(codes, 'ok')).toBe(21);
    expect(count(codes, 'ok') + count(codes, 'TOO_MANY_WAITING') + count(codes, 'TOO_MANY_REQUESTS')).toBe(200);
    expect((await join(other.number)).code).toBe('ok');
    // Those who wait are in the log; those who were turned away are not.
    const events = (await api.node.store.readStream(`supportSession-${session.sessionId}` as never)).length;
    expect(events).toBeLessThan(30);
  });

  it('wrong numbers of the same address are braked all the same', async () => {
    const { address } = api.customer();
    const guesses = Array.from({ length: 32 }, async () => {
      const guesser = Object.assign(api.customer(), { address });
      return (await guesser.ask('sessionPreview', { number: '100000001' })).code;
    });
    expect(count(await Promise.all(guesses), 'TOO_MANY_TRIES')).toBe(2);
  });

  it('valid links are never slowed, whatever numbers were guessed there', async () => {
    const session = await csr.startSession();
    const link = await csr.linkOf(session.sessionId, await csr.invite(session.sessionId));
    const { address } = api.customer();
    const by = (): Customer => Object.assign(api.customer(), { address });
    await Promise.all(Array.from({ length: 31 }, () => by().ask('sessionPreview', { number: '100000001' })));
    expect((await by().ask('sessionPreview', { number: session.number })).code).toBe('TOO_MANY_TRIES');
    expect((await by().ask('sessionPreview', { link })).code).toBe('ok');
    expect((await by().joinByLink(link)).sessionId).toBe(session.sessionId);
  });
});
