import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealedText, UnsealedText } from '@deskside/domain';
import type { FieldPlace } from './vault';

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';
// Nonces are drawn from the system in blocks: one call for each costs more than the encryption.
const NONCES_AT_ONCE = 256;
let nonces = Buffer.alloc(0);

/** A fresh 96-bit nonce (NIST SP 800-38D, section 8.2.2). */
function freshNonce(): Buffer {
  if (nonces.length === 0) nonces = randomBytes(NONCE_BYTES * NONCES_AT_ONCE);
  const nonce = nonces.subarray(0, NONCE_BYTES);
  nonces = nonces.subarray(NONCE_BYTES);
  return nonce;
}

/** The parts of a text's place, one a line; the path stands last because only it may hold any character. */
function placeOf(sealed: Pick<SealedText, 'subject' | 'class' | 'item'>, place: FieldPlace): Buffer {
  return Buffer.from(`${place.eventId}\n${sealed.subject}\n${sealed.class}\n${sealed.item ?? ''}\n${place.path}`);
}

/** Encrypts for one place only. `item`: number of the text's own key, when it has one. */
export function sealText(key: Uint8Array, text: UnsealedText, place: FieldPlace & { item?: number }): SealedText {
  const { subject, class: personalClass } = text;
  const owner = { subject, class: personalClass, ...(place.item !== undefined && { item: place.item }) };
  const nonce = freshNonce();
  const cipher = createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(placeOf(owner, place));
  const parts = [cipher.update(text.reveal(), 'utf8'), cipher.final(), cipher.getAuthTag()];
  return { ...owner, nonce: nonce.toString('base64url'), ciphertext: Buffer.concat(parts).toString('base64url') };
}

/** @throws when the ciphertext was changed, moved to another event, field or subject, or the key is another. */
export function openText(key: Uint8Array, sealed: SealedText, place: FieldPlace): string {
  const bytes = Buffer.from(sealed.ciphertext, 'base64url');
  const end = Math.max(0, bytes.length - TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, Buffer.from(sealed.nonce, 'base64url'), { authTagLength: TAG_BYTES });
  decipher.setAAD(placeOf(sealed, place));
  decipher.setAuthTag(bytes.subarray(end));
  return decipher.update(bytes.subarray(0, end), undefined, 'utf8') + decipher.final('utf8');
}

/** Encrypts bytes under a key that guards others: nonce ‖ ciphertext ‖ tag. `context` is authenticated with it. */
export function wrap(key: Uint8Array, bytes: Uint8Array, context: string): Uint8Array {
  const nonce = freshNonce();
  const cipher = createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** @throws when the bytes were changed, belong to another context or were wrapped under another key. */
export function unwrap(key: Uint8Array, wrapped: Uint8Array, context: string): Buffer {
  const end = Math.max(NONCE_BYTES, wrapped.length - TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, wrapped.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(wrapped.subarray(end));
  return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, end)), decipher.final()]);
}
