import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Vault } from '@deskside/vault';
import { openSqliteVault } from '@deskside/vault/sqlite';
import { mailContract } from '../contract';
import type { OutgoingMail } from '../mail';
import { DevelopmentMailbox, mailsKept } from './development-mailbox';

let folder: string;
const now = (): Date => new Date('2026-11-21T09:00:00.000Z');
const open = (): Promise<Vault> =>
  openSqliteVault({ file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') });

mailContract('development mailbox', async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-mailbox-'));
  const vault = await open();
  const mail = new DevelopmentMailbox(vault, now);
  return {
    mail,
    received: async () => (await mail.caught()).map(({ id: _id, at: _at, ...received }) => received).reverse(),
    dispose: async () => {
      await vault.close();
      rmSync(folder, { recursive: true });
    },
  };
});

describe('the development mailbox', () => {
  let vault: Vault;
  let mailbox: DevelopmentMailbox;
  const mailOf = (owner: string, text: string): OutgoingMail => ({
    ...{ id: `${owner}.1`, owner, to: 'ana@example.org', subject: 'Help', text, locale: 'en' },
  });
  const texts = async (of = mailbox): Promise<readonly string[]> => (await of.caught()).map(({ text }) => text);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-mailbox-'));
    vault = await open();
    mailbox = new DevelopmentMailbox(vault, now);
  });
  afterEach(async () => {
    await vault.close();
    rmSync(folder, { recursive: true });
  });

  it('has the newest first, also after a restart', async () => {
    await mailbox.send(mailOf('supportSession-1', 'first'));
    await mailbox.send(mailOf('supportSession-2', 'second'));
    expect(await texts()).toEqual(['second', 'first']);
    await vault.close();
    vault = await open();
    expect(await texts(new DevelopmentMailbox(vault, now))).toEqual(['second', 'first']);
  });

  it('forgets what is of one owner, and leaves nothing of it in any byte', async () => {
    await mailbox.send(mailOf('supportSession-1', 'Quince'));
    await mailbox.send(mailOf('supportSession-2', 'Medlar'));
    await mailbox.forget('supportSession-1');
    await mailbox.forget('supportSession-1');
    expect(await texts()).toEqual(['Medlar']);
  });

  it('keeps nothing that could be read without the key', async () => {
    await mailbox.send(mailOf('supportSession-1', 'Quince'));
    const bytes = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString('latin1'));
    expect(bytes.filter((text) => text.includes('Quince') || text.includes('ana@example.org'))).toEqual([]);
  });

  it(`keeps ${mailsKept}`, async () => {
    for (let n = 0; n < mailsKept + 3; n++) await mailbox.send(mailOf('supportSession-1', `mail ${n}`));
    const kept = await texts();
    expect(kept).toHaveLength(mailsKept);
    expect(kept.at(-1)).toBe('mail 3');
  }, 60_000);

  it('tells whoever watches, until he stops', async () => {
    let told = 0;
    const stop = mailbox.onCaught(() => (told += 1));
    await mailbox.send(mailOf('supportSession-1', 'one'));
    stop();
    await mailbox.send(mailOf('supportSession-1', 'two'));
    expect(told).toBe(1);
  });
});
