import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { FileWatch, foreignIn, whenFree } from '@deskside/sqlite';
import { checkMasterKey, keepMasterKeyCheck, keptMasterKeyCheck } from './master-key-check';
import { VAULT_PRAGMAS, VAULT_SCHEMA } from './vault-schema';
import { bindToSite } from './vault-site';
import { unreadable, VaultUnusable } from './vault-unusable';
import type { WriterSettings } from './writer-messages';

type ReadSettings = Pick<WriterSettings, 'file' | 'masterKeyFile' | 'master'>;

/** The connection that writes; makes the vault when it is new, and no file otherwise. @throws VaultUnusable */
export function openVaultForWriting(settings: WriterSettings): Promise<DatabaseSync> {
  const { file, master, isNew, site, identity } = settings;
  const path = pathToFileURL(file);
  path.searchParams.set('mode', isNew ? 'rwc' : 'rw');
  return open(
    settings,
    () => new DatabaseSync(path, { timeout: 0 }),
    (db) => {
      // A thread that takes the place of one that died goes on with its file or not at all.
      const lost = identity && new FileWatch({ path: file, identity }).lost();
      if (lost) throw new Error(lost);
      db.exec(VAULT_PRAGMAS);
      if (!isNew) refuseDamaged(db, file);
      db.exec(VAULT_SCHEMA);
      if (isNew) keepMasterKeyCheck(db, master);
      checkMasterKey(keptMasterKeyCheck(db), master, settings);
      if (site) bindToSite(db, site);
    },
  );
}

/** A connection that cannot write, for a vault that was opened for writing before. @throws VaultUnusable */
export function openVaultForReading(settings: ReadSettings): Promise<DatabaseSync> {
  return open(
    settings,
    () => new DatabaseSync(settings.file, { readOnly: true, timeout: 0 }),
    (db) => checkMasterKey(keptMasterKeyCheck(db), settings.master, settings),
  );
}

/** Some 50 ms for 100,000 keys. A page that is spoilt may be anybody's sign-in: better not to start. */
function refuseDamaged(db: DatabaseSync, file: string): void {
  const [found] = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {});
  const foreign = foreignIn(db, VAULT_SCHEMA);
  if (found === 'ok' && foreign === null) return;
  const why = foreign === null ? String(found).replaceAll(/\s+/g, ' ') : `it contains what is not its own, ${foreign}`;
  throw new VaultUnusable('VAULT_UNREADABLE', `The vault ${file} is damaged (${why}): restore it from a backup.`);
}

async function open(
  { file }: ReadSettings,
  connect: () => DatabaseSync,
  prepare: (db: DatabaseSync) => void,
): Promise<DatabaseSync> {
  try {
    return await whenFree(() => {
      const db = connect();
      try {
        prepare(db);
        return db;
      } catch (error) {
        db.close();
        throw error;
      }
    });
  } catch (error) {
    throw unreadable(file, error);
  }
}
