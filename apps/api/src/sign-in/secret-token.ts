import { createHash, randomBytes } from 'node:crypto';

/** A 256-bit secret for a cookie, a bearer or a link. */
export function newSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the vault keeps of a secret token: enough to recognise it, not to use it. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
