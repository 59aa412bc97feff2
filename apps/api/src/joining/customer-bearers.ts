import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import type { CustomerCaller } from '../command-path/caller';
import { newSecretToken, tokenHash } from '../sign-in/secret-token';

/** Who a customer is in one session. */
export type CustomerPlace = Pick<CustomerCaller, 'customerId' | 'participantId' | 'sessionId'>;

const hours = 24;

/**
 * A customer has no account: a 256-bit bearer says which place in which session is his (kept by the page in memory), and
 * an HttpOnly cookie of this browser gets him a new one when every tab was closed. The vault keeps only their hashes.
 */
export class CustomerBearers {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async issue(kind: 'customer-bearer' | 'customer-return', place: CustomerPlace): Promise<string> {
    const token = newSecretToken();
    const { customerId, participantId, sessionId } = place;
    const expiresAt = new Date(this.clock.now().getTime() + hours * 3_600_000);
    const value = { customerId, participantId, sessionId };
    await this.vault.put({ kind, id: tokenHash(token), owner: `customer-${customerId}`, value, expiresAt });
    return token;
  }

  async placeOf(kind: 'customer-bearer' | 'customer-return', token: string): Promise<CustomerPlace | null> {
    const kept = await this.vault.get(kind, tokenHash(token), this.clock.now());
    return kept === null ? null : (kept.value as CustomerPlace);
  }

  /** All bearers and cookies of a customer end: he left or was removed. */
  async end(customerId: string): Promise<void> {
    await this.vault.removeOwned(`customer-${customerId}`, ['customer-bearer', 'customer-return']);
  }
}
