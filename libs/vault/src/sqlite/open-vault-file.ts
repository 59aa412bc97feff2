import { DatabaseSync } from 'node:sqlite';
import { whenFree } from '@deskside/sqlite';
import { VaultUnusable } from './master-key';
import { checkMasterKey, keepMasterKeyCheck } from './master-key-check';
import { VAULT_PRAGMAS, VAULT_SCHEMA } from './vault-schema';
import type { WriterSettings } from './writer-messages';

/** The connection that writes; makes the vault when it is not there. @throws VaultUnusable */
export function openVaultForWriting(settings: WriterSettings): Promise<DatabaseSync> {
  return open(settings, { timeout: 0 }, (db) => {
    db.exec(VAULT_PRAGMAS);
    db.exec(VAULT_SCHEMA);
    keepMasterKeyCheck(db, settings.master);
  });
}

/** A connection that cannot write, for a vault that was opened for writing before. @throws VaultUnusable */
export function openVaultForReading(settings: WriterSettings): Promise<DatabaseSync> {
  return open(settings, { readOnly: true, timeout: 0 }, () => undefined);
}

async function open(
  settings: WriterSettings,
  options: { readonly readOnly?: boolean; readonly timeout: 0 },
  prepare: (db: DatabaseSync) => void,
): Promise<DatabaseSync> {
  const { file } = settings;
  try {
    return await whenFree(() => {
      const db = new DatabaseSync(file, options);
      try {
        prepare(db);
        checkMasterKey(db, settings);
        return db;
      } catch (error) {
        db.close();
        throw error;
      }
    });
  } catch (error) {
    if (error instanceof VaultUnusable) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new VaultUnusable('VAULT_UNREADABLE', `The vault ${file} cannot be used: ${message}.`);
  }
}
