import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { passivePath, whenFree } from '@deskside/sqlite';
import { keptMasterKeyCheck } from './master-key-check';
import { siteIn } from './vault-site';
import type { SiteOfVault } from './vault-site';
import { VAULT_TABLES } from './vault-schema';
import { unreadable, VaultUnusable } from './vault-unusable';

/** What lies where a vault is wanted. */
export interface FoundVault extends SiteOfVault {
  /** Proves the master key; null in a vault that was never finished. */
  readonly masterKeyCheck: string | null;
  /** Its making was cut off before there was a key in it. */
  readonly isUnfinished: boolean;
}

/**
 * Looks at a vault without making or changing a file. Null when there is none: no file, or one of no bytes.
 * @throws VaultUnusable when the file is not a vault, or cannot be read
 */
export async function findVault(file: string): Promise<FoundVault | null> {
  try {
    const size = sizeOf(file);
    return size === 0 ? null : await whenFree(() => lookInto(file));
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Whose vault lies here and whether its site has begun, before anything is opened or made. @throws VaultUnusable */
export async function siteOfVault(file: string): Promise<SiteOfVault> {
  return (await findVault(file)) ?? { siteId: null, isBegun: false };
}

function sizeOf(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory() === true)
    throw new VaultUnusable('VAULT_UNREADABLE', `The vault ${file} is a folder where a file is needed.`);
  const size = found?.size ?? 0;
  // SQLite takes what is shorter than its shortest page for an empty database, and would write over it.
  if (size > 0 && size < 512) throw new Error('file is not a database');
  return size;
}

function lookInto(file: string): FoundVault {
  const db = new DatabaseSync(passivePath(file), { readOnly: true, timeout: 0 });
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    const missing = VAULT_TABLES.filter((name) => !tables.some((table) => table['name'] === name));
    if (tables.length > 0 && missing.length === VAULT_TABLES.length)
      throw new VaultUnusable(
        'VAULT_UNREADABLE',
        `The file ${file} is no vault: its tables are those of another program.`,
      );
    if (missing.length > 0) return { siteId: null, isBegun: false, masterKeyCheck: null, isUnfinished: true };
    const masterKeyCheck = keptMasterKeyCheck(db);
    return { ...siteIn(db), masterKeyCheck, isUnfinished: masterKeyCheck === null };
  } finally {
    db.close();
  }
}
