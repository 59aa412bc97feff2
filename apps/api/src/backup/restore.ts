import { constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { headFileOf } from '@deskside/event-store/sqlite';
import type { Vault } from '@deskside/vault';
import { openSqliteVault, VaultUnusable } from '@deskside/vault/sqlite';
import { systemClock } from '../clock/clock';
import { dataFiles } from '../files/data-files';
import { syncFile, syncFolder } from '../files/durable-files';
import { elsewhereOf } from '../integrity/known-elsewhere';
import { recordRestored } from '../integrity/restored-log';
import type { Restored } from '../integrity/restored-log';
import type { Settings } from '../settings/settings';
import { unreadableSite } from '../site/site';
import { BackupRefused, copied, isDiskFull } from './backup-folder';
import { checkBackup } from './check-backup';
import { eraseAgain, readErased } from './erase-again';
import { refuseHalfRestored, stagingFolder } from './half-restored';

/**
 * Puts a backup into an empty data folder, without what the second place says was erased since. Until all of it is there no
 * server starts on that folder. @throws BackupRefused
 */
export async function restore(settings: Settings, from: string): Promise<Restored> {
  const dataDir = settings.DESKSIDE_DATA_DIR;
  const { siteId } = await checkBackup(from);
  refuseOccupied(settings);
  const erased = await readErased(settings, siteId);
  const elsewhere = await elsewhereOf(settings, siteId === unreadableSite ? null : siteId);
  const staged = await stage(from, dataDir);
  let restored: Restored;
  try {
    // Whatever changes the restored files does so here: they are not in their places yet.
    restored = await withVault(staged, siteId, async (vault) => {
      const again = await eraseAgain(vault, erased);
      const damaged = elsewhere.status === 'damaged' ? [elsewhere.sentence] : [];
      const log = { file: staged.log, vault, clock: systemClock, siteId, elsewhere: elsewhere.newest };
      const { notes, isWhole } = await recordRestored(log);
      return { notes: [...again, ...damaged, ...notes], isWhole };
    });
    for (const file of Object.values(staged)) await syncFile(file);
  } catch (error) {
    await discard(dataDir);
    throw error;
  }
  await putInPlace(staged, settings);
  return restored;
}

async function withVault<Result>(
  staged: Staged,
  siteId: string,
  work: (vault: Vault) => Promise<Result>,
): Promise<Result> {
  const files = { file: staged.vault, masterKeyFile: staged.masterKey };
  const site = { id: siteId === unreadableSite ? null : siteId, isBegun: true };
  const vault = await openSqliteVault({ ...files, site }).catch((error: unknown) => {
    const sentence = error instanceof VaultUnusable ? sentences[error.code] : undefined;
    throw sentence === undefined ? error : new BackupRefused(`${sentence} Nothing was restored.`);
  });
  try {
    return await work(vault);
  } finally {
    await vault.close();
  }
}

const sentences: Partial<Record<VaultUnusable['code'], string>> = {
  MASTER_KEY_WRONG: 'The master key of the backup is not the one of its vault.',
  VAULT_MISSING: 'The vault of the backup is empty.',
  VAULT_EMPTY: 'The vault of the backup has no keys.',
  VAULT_OF_ANOTHER_SITE: 'The vault of the backup belongs to another site than its log.',
};

function refuseOccupied(settings: Settings): void {
  const dataDir = settings.DESKSIDE_DATA_DIR;
  const files = dataFiles(dataDir);
  refuseHalfRestored(dataDir);
  if (existsSync(files.log) || existsSync(files.vault))
    throw new BackupRefused(`${dataDir} holds a log or a vault already. Move it away first; nothing was changed.`);
  // Read models of another log would be taken for those of this one, and hold names of people who are not in it.
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new BackupRefused(`${dataDir} is not empty. Move it away first; nothing was changed.`);
  if (existsSync(settings.masterKeyFile))
    throw new BackupRefused(`${settings.masterKeyFile} is there already. Move it away first; nothing was changed.`);
}

type Staged = Readonly<Record<keyof typeof copied, string>>;

async function stage(from: string, dataDir: string): Promise<Staged> {
  const folder = stagingFolder(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const staged: Staged = {
    log: join(folder, copied.log),
    vault: join(folder, copied.vault),
    masterKey: join(folder, copied.masterKey),
  };
  try {
    await syncFolder(dataDir);
    for (const [what, name] of Object.entries(copied) as [keyof typeof copied, string][]) {
      await copyFile(join(from, name), staged[what]);
      await chmod(staged[what], 0o600);
    }
    const head = headFileOf(join(from, copied.log)); // in those of earlier versions there is none
    if (existsSync(head)) await copyFile(head, headFileOf(staged.log));
    return staged;
  } catch (error) {
    await discard(dataDir);
    throw isDiskFull(error) ? new BackupRefused(`The disk of ${dataDir} is full. Nothing was restored.`) : error;
  }
}

async function discard(dataDir: string): Promise<void> {
  await rm(stagingFolder(dataDir), { recursive: true, force: true });
}

/** What fails or is cut off here leaves the staging folder behind, and with it no server starts. */
async function putInPlace(staged: Staged, settings: Settings): Promise<void> {
  const { DESKSIDE_DATA_DIR: dataDir, masterKeyFile } = settings;
  const files = dataFiles(dataDir);
  await mkdir(dirname(masterKeyFile), { recursive: true, mode: 0o700 });
  // It may be on another disk.
  await copyFile(staged.masterKey, masterKeyFile, constants.COPYFILE_EXCL);
  await chmod(masterKeyFile, 0o600);
  await syncFile(masterKeyFile);
  await syncFolder(dirname(masterKeyFile));
  await rename(staged.vault, files.vault);
  const head = headFileOf(staged.log);
  if (existsSync(head)) await rename(head, headFileOf(files.log));
  await rename(staged.log, files.log);
  await syncFolder(dataDir);
  await discard(dataDir);
  await syncFolder(dataDir);
}
