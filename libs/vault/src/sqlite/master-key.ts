import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { KEY_BYTES } from '../text-cipher';

/** Why the vault cannot be used; the message is one sentence for the operator. */
export class VaultUnusable extends Error {
  readonly code: 'MASTER_KEY_UNSAFE' | 'MASTER_KEY_WRONG' | 'VAULT_UNREADABLE';

  constructor(code: VaultUnusable['code'], message: string) {
    super(message);
    this.name = 'VaultUnusable';
    this.code = code;
  }
}

/**
 * The key that wraps all others, from its own file; made on first use. Whoever copies the vault without this file has
 * nothing. @throws VaultUnusable when others may read the file, it is no key, or it is missing beside a vault that needs it.
 */
export function readMasterKey(file: string, vaultFile: string): Uint8Array {
  if (!existsSync(file)) {
    if (existsSync(vaultFile)) {
      throw new VaultUnusable('MASTER_KEY_WRONG', `The master key ${file} of the vault ${vaultFile} is missing.`);
    }
    makeMasterKey(file);
  }
  const mode = statSync(file).mode & 0o777;
  // Windows has no such modes; there the folder's access list is what protects the file.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    const found = `0${mode.toString(8)}`;
    throw new VaultUnusable(
      'MASTER_KEY_UNSAFE',
      `The master key ${file} can be read by others (mode ${found}); set it to 0600 with: chmod 600 ${file}`,
    );
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (key.length === KEY_BYTES) return key;
  throw new VaultUnusable('MASTER_KEY_WRONG', `The master key ${file} does not hold a key of ${KEY_BYTES} bytes.`);
}

/** Durable before it is used: a key that a crash loses would take all personal data with it. */
function makeMasterKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'wx', 0o600);
  writeSync(descriptor, `${randomBytes(KEY_BYTES).toString('base64url')}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  if (process.platform === 'win32') return; // a folder cannot be synced there
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
