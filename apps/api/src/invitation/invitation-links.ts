import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import { siteKey } from '../site/site-key';

/** Which invitation of which session a link is for. */
export interface InvitationPlace {
  readonly sessionId: string;
  readonly invitationId: string;
}

const form = /^[A-Za-z0-9_-]{64}$/;
const uuidBytes = 16;
const proofBytes = 16;

/**
 * Secrets of invitation links: session and invitation, proved by 128 bits of an HMAC-SHA-256 under a key that stands in
 * the vault alone. So a link can be made again at any time and no secret of it is kept anywhere.
 */
export class InvitationLinks {
  private constructor(private readonly key: Buffer) {}

  static async open(parts: { readonly vault: Vault; readonly clock: Clock }): Promise<InvitationLinks> {
    return new InvitationLinks(await siteKey(parts, 'invitation-links'));
  }

  tokenOf({ sessionId, invitationId }: InvitationPlace): string {
    const place = Buffer.concat([bytesOf(sessionId), bytesOf(invitationId)]);
    return Buffer.concat([place, this.#proof(place)]).toString('base64url');
  }

  /** Null for anything that this site has not made. */
  read(token: string): InvitationPlace | null {
    if (!form.test(token)) return null;
    const bytes = Buffer.from(token, 'base64url');
    const place = bytes.subarray(0, 2 * uuidBytes);
    if (!timingSafeEqual(bytes.subarray(2 * uuidBytes), this.#proof(place))) return null;
    return { sessionId: uuidOf(place.subarray(0, uuidBytes)), invitationId: uuidOf(place.subarray(uuidBytes)) };
  }

  #proof(place: Buffer): Buffer {
    return createHmac('sha256', this.key).update('invitation\0').update(place).digest().subarray(0, proofBytes);
  }
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
