import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import { siteKey } from '../site/site-key';

/** PKCS #8 of an Ed25519 key without its 32 bytes (RFC 8410, section 7). */
const header = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The Ed25519 key that signs how the log stands; made when it is first asked for, and in no file but the vault. */
export async function signingKey(parts: { readonly vault: Vault; readonly clock: Clock }): Promise<KeyObject> {
  const seed = await siteKey(parts, 'log-checkpoints');
  return createPrivateKey({ key: Buffer.concat([header, seed]), format: 'der', type: 'pkcs8' });
}
