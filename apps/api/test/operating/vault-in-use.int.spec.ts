import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { knownPassword, newFolder } from '../support/api-under-test';
import { ApiProcess } from '../support/api-process';
import { newId } from '../support/people';
import type { Customer, Staff, StartedSession } from '../support/people';
import { searchFolder } from '../support/search-bytes';
import { until } from '../support/until';

jest.setTimeout(120_000); // bounds a hang, measures nothing

/** The server is a process of its own: for it, whoever opens a database here is another one. */
describe('a server whose files another process', () => {
  const dataDir = newFolder();
  let api: ApiProcess;
  let administrator: Staff;
  let auditor: Staff;
  let other: DatabaseSync;
  let log: DatabaseSync;
  beforeAll(async () => {
    api = await ApiProcess.start({ dataDir });
    const { email, password } = api.firstAdministrator;
    administrator = await api.staff().signIn(email, password);
    auditor = await colleague('auditor');
  });
  afterAll(async () => {
    await api.stop();
    rmSync(dataDir, { recursive: true });
  });
  beforeEach(() => {
    other = new DatabaseSync(join(dataDir, 'vault.db'), { timeout: 5000 });
    log = new DatabaseSync(join(dataDir, 'log.db'), { timeout: 5000 });
  });
  afterEach(() => {
    other.close();
    log.close();
  });

  async function colleague(role: string): Promise<Staff> {
    const variables = { commandId: newId(), name: 'Aud', email: `${newId()}@example.org`, roles: [role] };
    const { url } = await administrator.do<{ url: string }>('inviteAccount', variables);
    const person = api.staff();
    await person.do('setPassword', { secret: url.split('#')[1], password: knownPassword });
    return person;
  }
  const signIn = (): Promise<Staff> => {
    const { email, password } = api.firstAdministrator;
    return api.staff().signIn(email, password);
  };
  const beginReading = (): void => {
    other.exec('BEGIN');
    other.prepare('SELECT count(*) FROM key').get();
  };
  const keysOf = (subjects: readonly string[]): Record<string, Uint8Array> => {
    const rows = other
      .prepare(
        `SELECT key.id AS id, wrapped FROM key JOIN key_place ON key_place.key = key.id JOIN owner ON owner.id = key_place.owner
         WHERE wrapped != zeroblob(60) AND subject IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify(subjects)) as unknown as { id: number; wrapped: Uint8Array }[];
    return Object.fromEntries(rows.map(({ id, wrapped }) => [`key ${id}`, wrapped]));
  };
  async function talk(): Promise<{ session: StartedSession; customer: Customer; messageId: string }> {
    const session = await administrator.startSession();
    const customer = await api.customer().join(session.number, 'Ana Quincewood');
    return { session, customer, messageId: await customer.say('Something personal') };
  }
  const end = ({ sessionId }: StartedSession): Promise<unknown> =>
    administrator.do('endSession', { commandId: newId(), sessionId });

  it('reads goes on with sign-ins, new keys and sign-outs for as long as that takes', async () => {
    beginReading();
    for (let round = 0; round < 10; round++) {
      const person = await signIn();
      const { session, customer } = await talk();
      await customer.do('leaveSession', { commandId: newId() });
      await end(session);
      const { cookie } = person;
      await person.do('signOut');
      person.cookie = cookie;
      expect((await person.ask('startOutboundSession', { commandId: newId() })).code).toBe('NOT_SIGNED_IN');
    }
    expect(other.isTransaction).toBe(true);
    other.exec('COMMIT');
  });

  it('reads says NOT_YET of what it erases, and finishes by itself when the other one has ended', async () => {
    const [erased, line] = [await talk(), await talk()];
    await end(erased.session);
    const found = { sessionId: erased.session.sessionId };
    const { customerIds } = await auditor.do<{ customerIds: string[] }>('sessionHistory', found);
    const customerId = customerIds[0] ?? '';
    const keys = keysOf([`customer-${customerId}`, `supportSession-${erased.session.sessionId}`]);
    expect(Object.keys(keys).length).toBeGreaterThan(2);
    beginReading();
    const erase = { commandId: newId(), customerId };
    const takeBack = { commandId: newId(), messageId: line.messageId };
    const answers = await Promise.all([
      administrator.ask('erasePersonalData', erase),
      line.customer.ask('takeBackChatMessage', takeBack),
    ]);
    expect(answers.map(({ code }) => code)).toEqual(['NOT_YET', 'NOT_YET']);
    // Nobody reads it any more, although its bytes still stand where the other process looks.
    const history = await auditor.do('sessionHistory', found);
    expect(JSON.stringify(history)).not.toMatch(/Quincewood|Something personal/);
    expect(searchFolder(dataDir, keys).found).not.toEqual([]);
    await until('the operator is told', async () => api.output.includes('Bytes of erased keys are still'));
    await talk();
    other.exec('COMMIT');
    expect((await administrator.ask('erasePersonalData', erase)).code).toBe('ok');
    expect((await line.customer.ask('takeBackChatMessage', takeBack)).code).toBe('ok');
    expect(searchFolder(dataDir, keys).found).toEqual([]);
  });

  it('writes goes on with all that only reads, and with the rest when the other one has ended', async () => {
    const { session, customer } = await talk();
    const [, before] = signIns();
    other.exec('BEGIN IMMEDIATE');
    let isOver = false;
    const signingIn = signIn().finally(() => (isOver = true));
    signingIn.catch(() => undefined);
    // From here on it waits for the vault.
    await until('the sign-in is in the log', () => signIns()[1] === (before ?? 0) + 1);
    // The keys for this line are there already.
    await customer.say('a line');
    await administrator.do('site');
    expect(isOver).toBe(false);
    other.exec('COMMIT');
    expect((await signingIn).cookie).not.toBe('');
    await end(session);
  });

  const ready = async (): Promise<{ status: number; body: unknown }> => {
    const answer = await fetch(`${api.url}/health/ready`);
    return { status: answer.status, body: await answer.json() };
  };
  const figures = async (): Promise<string> => (await fetch(`${api.url}/metrics`)).text();
  const isReady = async (): Promise<boolean> => (await ready()).status === 200;
  /** How many sign-ins there are: cookies that are good, and events that say so. */
  const signIns = (): readonly number[] => [
    countIn(other, `secret WHERE kind = 'sign-in'`),
    countIn(log, `event JOIN type ON type.id = type WHERE name = 'SignedIn'`),
  ];
  const askToSignIn = (): Promise<{ code: string }> => api.staff().ask('signIn', api.firstAdministrator);

  it('locks is not ready and says which one and why, until it is free again, though nobody asks for anything', async () => {
    expect(await isReady()).toBe(true);
    other.exec('BEGIN IMMEDIATE');
    expect((await askToSignIn()).code).toBe('NOT_YET');
    expect(await ready()).toMatchObject({ status: 503, body: { log: 'whole', vault: 'unavailable' } });
    expect(await figures()).toContain('deskside_vault_unavailable 1');
    expect(api.output).toContain(
      '"reason":"another process keeps the database locked","msg":"vault cannot be written"',
    );
    // Reading goes on, and nobody waits for long any more.
    expect((await administrator.ask('me')).code).toBe('ok');
    expect((await askToSignIn()).code).toBe('NOT_YET');
    other.exec('COMMIT');
    await until('the site is ready again', isReady);
    expect(await figures()).toContain('deskside_vault_unavailable 0');
    expect(api.output).toContain('"msg":"vault can be written again"');
  });

  it('locks takes no sign-in that the log does not know of', async () => {
    const before = signIns();
    log.exec('BEGIN IMMEDIATE');
    expect((await askToSignIn()).code).toBe('LOG_UNAVAILABLE');
    expect((await administrator.ask('startOutboundSession', { commandId: newId() })).code).toBe('LOG_UNAVAILABLE');
    expect(await ready()).toMatchObject({ status: 503, body: { log: 'unavailable', vault: 'ready' } });
    expect(await figures()).toContain('deskside_log_unavailable 1');
    expect(api.output).toContain('"msg":"event log cannot be written"');
    log.exec('COMMIT');
    await until('the site is ready again', isReady);
    expect(await figures()).toContain('deskside_log_unavailable 0');
    expect(signIns()).toEqual(before);
    await signIn();
    expect(signIns()).toEqual(before.map((count) => count + 1));
  });
});

it('a server whose files another process locks for as long as it likes ends all the same, and says what could not be done', async () => {
  const dataDir = newFolder();
  const api = await ApiProcess.start({ dataDir });
  const { email } = api.firstAdministrator;
  expect((await api.staff().ask('signIn', { email, password: 'wrong' })).code).toBe('SIGN_IN_REFUSED');
  const files = ['vault.db', 'log.db'].map((file) => new DatabaseSync(join(dataDir, file), { timeout: 5000 }));
  for (const db of files) db.exec('BEGIN IMMEDIATE');
  expect(await api.stop()).toBe(0);
  expect(api.output).toContain('counted refusals not written');
  expect(api.output).not.toContain('not stopped cleanly');
  for (const db of files) db.close();
  rmSync(dataDir, { recursive: true });
});

function countIn(db: DatabaseSync, rows: string): number {
  return Number(db.prepare(`SELECT count(*) AS count FROM ${rows}`).get()?.['count']);
}
