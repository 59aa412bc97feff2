import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { VaultUnusable } from './master-key';

const schema = `
CREATE TABLE IF NOT EXISTS subject_keys (
  subject TEXT NOT NULL, class TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (subject, class)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item_keys (
  subject TEXT NOT NULL, class TEXT NOT NULL, item INTEGER NOT NULL, wrapped BLOB NOT NULL,
  PRIMARY KEY (subject, class, item)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS next_items (
  subject TEXT NOT NULL, class TEXT NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (subject, class)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erased (owner BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS secrets (
  kind TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, value TEXT NOT NULL, expires_at INTEGER,
  PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS secrets_by_owner ON secrets (owner, kind);
CREATE INDEX IF NOT EXISTS secrets_by_expiry ON secrets (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

export function vaultExists(file: string): boolean {
  return existsSync(file);
}

/** Opens or makes the file. @throws VaultUnusable when it is no vault. */
export function openVaultFile(file: string): DatabaseSync {
  try {
    const db = new DatabaseSync(file, { timeout: 5000 });
    // secure_delete overwrites what is deleted; together with a truncated WAL no byte of a destroyed key stays.
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;',
    );
    db.exec(schema);
    return db;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new VaultUnusable(`The vault ${file} cannot be opened: ${reason}.`);
  }
}

/** Runs the work in one transaction that is durable when this returns. */
export function durably<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Empties the WAL, in which older images of pages stand; another thread's read may delay it for a moment. */
export function leaveNoTraces(db: DatabaseSync): void {
  for (let tries = 0; tries < 20; tries++) {
    const row = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    if (row?.['busy'] === 0) return;
  }
  throw new Error('The WAL of the vault could not be emptied because another reader holds it.');
}
