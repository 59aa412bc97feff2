import { randomBytes } from 'node:crypto';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';

/** A secret of 256 bits that this site keeps in its vault for one purpose; made when it is first asked for. */
export async function siteKey(
  { vault, clock }: { readonly vault: Vault; readonly clock: Clock },
  purpose: 'claims' | 'customer-bearers' | 'invitation-links' | 'known-browsers' | 'log-checkpoints',
): Promise<Buffer> {
  const kept = await vault.get('site-key', purpose, clock.now());
  const value = kept?.value ?? randomBytes(32).toString('base64');
  if (kept === null) await vault.put({ kind: 'site-key', id: purpose, owner: 'site', value, expiresAt: null });
  return Buffer.from(String(value), 'base64');
}
