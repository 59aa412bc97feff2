import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { StreamName } from '@deskside/event-store';
import { VaultUnavailable } from '@deskside/vault';
import { ApiUnderTest, GivenClock } from '../support/api-under-test';
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
    const put = jest.spyOn(api.node.vault, 'put');
    other.exec('BEGIN IMMEDIATE');
    expect((await administrator.ask('me')).code).toBe('ok');
    // It is still being tried: whoever waited for the end of that would have found out that nothing can be written.
    expect(api.node.vault.trouble()).toBeNull();
    other.exec('COMMIT');
    await Promise.all(put.mock.results.map(({ value }) => value as Promise<void>));
    expect(put).toHaveBeenCalledTimes(1);
    expect(expiries()).not.toEqual(before);
  });
});
