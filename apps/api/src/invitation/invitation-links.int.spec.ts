import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Vault } from '@deskside/vault';
import { openSqliteVault } from '@deskside/vault/sqlite';
import fc from 'fast-check';
import { systemClock as clock } from '../clock/clock';
import { InvitationLinks } from './invitation-links';

let folder: string;
let vault: Vault;
let links: InvitationLinks;
const place = { sessionId: randomUUID(), invitationId: randomUUID() };
const open = (at = folder): Promise<Vault> =>
  openSqliteVault({ file: join(at, 'vault.db'), masterKeyFile: join(at, 'master.key') });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-links-'));
  vault = await open();
  links = await InvitationLinks.open({ vault, clock });
});
afterEach(async () => {
  await vault.close();
  rmSync(folder, { recursive: true });
});

describe('the secret of a link', () => {
  it('says which invitation of which session it is for', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (sessionId, invitationId) => {
        const token = links.tokenOf({ sessionId, invitationId });
        expect(token).toMatch(/^[\w-]{64}$/);
        expect(links.read(token)).toEqual({ sessionId, invitationId });
      }),
    );
  });

  it('is the same after a restart', async () => {
    const token = links.tokenOf(place);
    await vault.close();
    vault = await open();
    expect((await InvitationLinks.open({ vault, clock })).tokenOf(place)).toBe(token);
  });

  it('of another site is worth nothing here', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'deskside-links-'));
    const others = await open(elsewhere);
    expect(links.read((await InvitationLinks.open({ vault: others, clock })).tokenOf(place))).toBeNull();
    await others.close();
    rmSync(elsewhere, { recursive: true });
  });

  it('with any bit changed is none', () => {
    const token = Buffer.from(links.tokenOf(place), 'base64url');
    for (let bit = 0; bit < token.length * 8; bit++) {
      const changed = Buffer.from(token);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(links.read(changed.toString('base64url'))).toBeNull();
    }
  });

  it('is read from nothing else, whatever it is', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void expect(links.read(text)).toBeNull()));
    const token = links.tokenOf(place);
    for (const wrong of [`${token} `, `${token}\n`, token.slice(1), `${token}AAAA`, `${token.slice(0, -1)}=`])
      expect(links.read(wrong)).toBeNull();
  });
});
