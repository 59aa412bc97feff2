import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM with a fresh 96-bit nonce (NIST SP 800-38D): nonce, then ciphertext and tag. */
export function encrypt(
  key: Uint8Array,
  plain: Uint8Array | string,
  aad: string,
): { nonce: Buffer; ciphertext: Buffer } {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad));
  const bytes = typeof plain === 'string' ? Buffer.from(plain) : plain;
  return { nonce, ciphertext: Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]) };
}

/** @throws when key, nonce, ciphertext or associated data is not what it was. */
export function decrypt(key: Uint8Array, sealed: { nonce: Uint8Array; ciphertext: Uint8Array }, aad: string): Buffer {
  const body = sealed.ciphertext.subarray(0, -tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.nonce).setAAD(Buffer.from(aad));
  decipher.setAuthTag(sealed.ciphertext.subarray(-tagBytes));
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** A key under the master key, bound to whose it is: nonce ‖ ciphertext ‖ tag, 60 bytes. */
export function wrapKey(master: Uint8Array, key: Uint8Array, owner: string): Buffer {
  const { nonce, ciphertext } = encrypt(master, key, owner);
  return Buffer.concat([nonce, ciphertext]);
}

export function unwrapKey(master: Uint8Array, wrapped: Uint8Array, owner: string): Buffer {
  return decrypt(master, { nonce: wrapped.subarray(0, nonceBytes), ciphertext: wrapped.subarray(nonceBytes) }, owner);
}
