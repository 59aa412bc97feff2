import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Vault } from '@deskside/vault';
import { openSqliteVault } from '@deskside/vault/sqlite';
import { KnownBrowsers, knownForDays } from './known-browsers';

let folder: string;
let vault: Vault;
let now = new Date('2026-11-20T09:00:00.000Z');
let browsers: KnownBrowsers;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-browsers-'));
  vault = await openSqliteVault({ file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') });
  browsers = await KnownBrowsers.open({ vault, clock: { now: () => now } });
});
afterAll(async () => {
  await vault.close();
  rmSync(folder, { recursive: true });
});

const setPassword = (accountId: string, value: string): Promise<void> =>
  vault.put({ kind: 'password', id: accountId, owner: `representative-${accountId}`, value, expiresAt: null });
const isKnown = async (cookie: string, accountId: string): Promise<boolean> =>
  (await browsers.markOf(cookie, accountId)) !== null;

describe('a browser', () => {
  it('is known for the four accounts that signed in last, each by a mark of its own', async () => {
    let cookie = '';
    const accounts = ['a', 'b', 'c', 'd', 'e'];
    for (const accountId of accounts) {
      await setPassword(accountId, `hash of ${accountId}`);
      cookie = browsers.withAccount(cookie, { accountId, password: `hash of ${accountId}` });
    }
    expect(cookie.length).toBeLessThan(200);
    expect(await Promise.all(accounts.map((accountId) => isKnown(cookie, accountId)))).toEqual([
      false,
      ...[true, true, true, true],
    ]);
    const elsewhere = browsers.withAccount(null, { accountId: 'e', password: 'hash of e' });
    expect(await browsers.markOf(elsewhere, 'e')).not.toBe(await browsers.markOf(cookie, 'e'));
  });

  it('of somebody who changes their password often forgets no colleague', async () => {
    await setPassword('ana', 'hash');
    let cookie = browsers.withAccount(null, { accountId: 'ana', password: 'hash' });
    for (let n = 0; n < 6; n++) {
      const before = cookie;
      await setPassword('ivan', `hash ${n}`);
      expect(await isKnown(before, 'ivan')).toBe(false);
      cookie = browsers.withAccount(before, { accountId: 'ivan', password: `hash ${n}` });
      expect(await isKnown(cookie, 'ivan')).toBe(true);
    }
    expect(await isKnown(cookie, 'ana')).toBe(true);
    expect(cookie.split('.')).toHaveLength(2);
  });

  it('is known for half a year after the last sign-in, and never for a mark that was changed', async () => {
    await setPassword('mira', 'hash');
    const cookie = browsers.withAccount(null, { accountId: 'mira', password: 'hash' });
    const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
    const today = now;
    now = days(knownForDays - 1);
    expect(await isKnown(cookie, 'mira')).toBe(true);
    now = days(1);
    expect(await isKnown(cookie, 'mira')).toBe(false);
    now = today;
    for (const [n, letter] of [...cookie].entries()) {
      const changed = `${cookie.slice(0, n)}${letter === 'A' ? 'B' : 'A'}${cookie.slice(n + 1)}`;
      expect(await isKnown(changed, 'mira')).toBe(false);
    }
  });

  it('is known by the password that was typed there, not by another one set since', async () => {
    await setPassword('nova', 'the old hash');
    await setPassword('nova', 'the new hash');
    const of = (password: string): string => browsers.withAccount(null, { accountId: 'nova', password });
    expect(await isKnown(of('the old hash'), 'nova')).toBe(false);
    expect(await isKnown(of('the new hash'), 'nova')).toBe(true);
  });
});
