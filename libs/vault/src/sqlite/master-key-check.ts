import type { DatabaseSync } from 'node:sqlite';
import { unwrap, wrap } from '../text-cipher';
import type { VaultFiles } from './vault-files';
import { VaultUnusable } from './vault-unusable';

const CHECK = 'Deskside vault';
const CHECK_NAME = 'master_key_check';

/** A vault that is new is made for this master key. */
export function keepMasterKeyCheck(db: DatabaseSync, master: Uint8Array): void {
  if (keptMasterKeyCheck(db) !== null) return;
  const check = Buffer.from(wrap(master, Buffer.from(CHECK), CHECK_NAME)).toString('base64url');
  db.prepare('INSERT OR IGNORE INTO meta VALUES (?, ?)').run(CHECK_NAME, check);
}

export function keptMasterKeyCheck(db: DatabaseSync): string | null {
  const kept = db.prepare('SELECT value FROM meta WHERE name = ?').get(CHECK_NAME)?.['value'];
  return typeof kept === 'string' ? kept : null;
}

/** A key that was exchanged would make new keys beside old ones that nobody can open: better not to start. @throws VaultUnusable */
export function checkMasterKey(kept: string | null, master: Uint8Array, { file, masterKeyFile }: VaultFiles): void {
  try {
    unwrap(master, Buffer.from(kept ?? '', 'base64url'), CHECK_NAME);
  } catch {
    throw new VaultUnusable(
      'MASTER_KEY_WRONG',
      `The master key ${masterKeyFile} is not the one of the vault ${file}: restore both from the same backup.`,
    );
  }
}
