import { createHmac } from 'node:crypto';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import type { CustomerCaller } from '../command-path/caller';
import { tokenHash } from '../sign-in/secret-token';
import { siteKey } from '../site/site-key';

/** Who a customer is in one session. */
export type CustomerPlace = Pick<CustomerCaller, 'customerId' | 'participantId' | 'sessionId'>;

type BearerKind = 'customer-bearer' | 'customer-return';

const life = 24 * 3_600_000;

interface Parts {
  readonly vault: Vault;
  readonly clock: Clock;
}

/**
 * A customer has no account: a 256-bit bearer says which place in which session is theirs (kept by the page in memory),
 * and an HttpOnly cookie of this browser gets them one when every tab was closed. The vault keeps only their hashes. Each
 * is an HMAC-SHA-256 of what it was given for, under a key of the vault: who asks again gets the same, and nothing is
 * written.
 */
export class CustomerBearers {
  private constructor(
    private readonly key: Buffer,
    private readonly parts: Parts,
  ) {}

  static async open(parts: Parts): Promise<CustomerBearers> {
    return new CustomerBearers(await siteKey(parts, 'customer-bearers'), parts);
  }

  /** @param secret that the caller has shown: the command id of their joining, or the cookie by which they come back */
  async issue(kind: BearerKind, place: CustomerPlace, secret: string): Promise<string> {
    const { vault, clock } = this.parts;
    const { customerId, participantId, sessionId } = place;
    const token = createHmac('sha256', this.key).update(`${kind}\0${customerId}\0${secret}`).digest('base64url');
    const now = clock.now();
    const kept = await vault.get(kind, tokenHash(token), now);
    if (kept !== null && !isHalfOver(kept.expiresAt, now)) return token;
    const expiresAt = new Date(now.getTime() + life);
    const value = { customerId, participantId, sessionId };
    await vault.put({ kind, id: tokenHash(token), owner: `customer-${customerId}`, value, expiresAt });
    return token;
  }

  async placeOf(kind: BearerKind, token: string): Promise<CustomerPlace | null> {
    const { vault, clock } = this.parts;
    const kept = await vault.get(kind, tokenHash(token), clock.now());
    return kept === null ? null : (kept.value as CustomerPlace);
  }

  /** All bearers and cookies of a customer end: they left or were removed. */
  async end(customerId: string): Promise<void> {
    await this.parts.vault.removeOwned(`customer-${customerId}`, ['customer-bearer', 'customer-return']);
  }
}

function isHalfOver(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() - now.getTime() < life / 2;
}
