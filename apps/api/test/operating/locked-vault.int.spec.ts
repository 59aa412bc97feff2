import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { StreamName } from '@deskside/event-store';
import { VaultUnavailable } from '@deskside/vault';
import type { Answer } from '../support/answer';
import { ApiUnderTest, GivenClock, knownPassword } from '../support/api-under-test';
import { newId } from '../support/people';
import type { Staff } from '../support/people';

describe('while the vault is locked', () => {
  const clock = new GivenClock();
  let api: ApiUnderTest;
  let administrator: Staff;
  beforeAll(async () => {
    api = await ApiUnderTest.start({ clock });
    administrator = await api.firstAdministrator();
  });
  /** Of another process, which may hold the lock. */
  let vault: DatabaseSync | undefined;
  afterEach(() => {
    vault?.close();
    vault = undefined;
    jest.restoreAllMocks();
  });
  afterAll(() => api.close());

  it('a text that cannot be opened does not read as erased, and is read as soon as it can be', async () => {
    const { sessionId, number } = await administrator.startSession();
    await api.customer().join(number, 'Ana');
    await administrator.say(sessionId, 'Read me');
    const { events } = await api.node.histories.read(`supportSession-${sessionId}` as StreamName);
    const open = jest.spyOn(api.node.vault, 'open').mockRejectedValue(new VaultUnavailable('it is locked'));
    expect(await administrator.ask('sessionHistory', { sessionId })).toMatchObject({ code: 'NOT_YET' });
    for (const event of events.filter(({ envelope }) => /Sent|Joined/.test(envelope.type)))
      await expect(event.opened()).rejects.toThrow(VaultUnavailable);
    open.mockRestore();
    const payloads = JSON.stringify(await Promise.all(events.map((event) => event.opened())));
    expect(payloads).toContain('"Read me"');
    expect(payloads).toContain('"Ana"');
    expect(JSON.stringify(await administrator.do('sessionHistory', { sessionId }))).toContain('"Read me"');
  });

  it('a sign-in that is to be prolonged does not wait for it, and is once it is free', async () => {
    const other = (vault = new DatabaseSync(join(api.dataDir, 'vault.db'), { timeout: 5000 }));
    const expiries = (): unknown => other.prepare(`SELECT expires_at FROM secret WHERE kind = 'sign-in'`).all();
    const before = expiries();
    clock.pass({ hours: 4 });
    const real = api.node.vault.put.bind(api.node.vault);
    let release: () => void = () => undefined;
    const isFree = new Promise<void>((resolve) => (release = resolve));
    const put = jest.spyOn(api.node.vault, 'put').mockImplementation((secret) => isFree.then(() => real(secret)));
    // Each asks for nothing more while one is under way.
    for (let round = 0; round < 2; round++) expect((await administrator.ask('me')).code).toBe('ok');
    expect(expiries()).toEqual(before);
    release();
    await Promise.all(put.mock.results.map(({ value }) => value as Promise<void>));
    expect(put).toHaveBeenCalledTimes(1);
    expect(expiries()).not.toEqual(before);
  });

  it.each(['own', 'link'] as const)(
    'a password (%s) is not changed by half, and by the same command later',
    async (way) => {
      const person = await api.colleague(administrator, ['representative']);
      const elsewhere = await api.staff().signIn(person.email, knownPassword);
      const next = 'quite another phrase';
      const own = { commandId: newId(), current: knownPassword, next };
      const { accountId } = person;
      const link = { commandId: newId(), accountId };
      const { url } = await administrator.do<{ url: string }>('issueAccountLink', link);
      const change = (): Promise<Answer> =>
        way === 'own'
          ? person.ask('changeOwnPassword', own)
          : person.ask('setPassword', { secret: url.split('#')[1], password: next });
      const other = (vault = new DatabaseSync(join(api.dataDir, 'vault.db'), { timeout: 5000 }));
      other.exec('BEGIN IMMEDIATE');
      expect((await change()).code).toBe('NOT_YET');
      other.exec('COMMIT');
      // All is as it was.
      for (const staff of [person, elsewhere]) expect((await staff.ask('gettingStarted')).code).toBe('ok');
      await api.staff().signIn(person.email, knownPassword);
      expect((await change()).code).toBe('ok');
      expect((await person.ask('gettingStarted')).code).toBe('ok');
      expect((await elsewhere.ask('gettingStarted')).code).toBe('NOT_SIGNED_IN');
      expect((await api.staff().ask('signIn', { email: person.email, password: knownPassword })).code).toBe(
        'SIGN_IN_REFUSED',
      );
      await api.staff().signIn(person.email, next);
      const ofPerson = (await api.events()).filter(({ stream }) => stream === `representative-${accountId}`);
      // The first by the invitation.
      expect(ofPerson.filter(({ type }) => type === 'PasswordChanged')).toHaveLength(2);
    },
  );
});
