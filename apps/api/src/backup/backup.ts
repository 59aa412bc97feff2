import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { dataFiles } from '../node/deskside-node';
import type { Settings } from '../settings/settings';

/** A backup or restore that cannot be, in a sentence for the operator. */
export class BackupRefused extends Error {}

const names = { log: 'log.db', vault: 'vault.db', masterKey: 'master.key' } as const;

/**
 * Copies log, vault and master key while the server runs or not. The log goes first: every event in its copy has its key
 * in the vault's. Read models are not copied; they are made again. Whoever has the folder can read everything in it.
 */
export async function backUp(settings: Settings, to: string): Promise<void> {
  const files = dataFiles(settings.DESKSIDE_DATA_DIR);
  if (settings.DESKSIDE_LOG !== undefined)
    throw new BackupRefused(
      `The log is on a server (DESKSIDE_LOG): back it up there first, then copy the vault and ${settings.masterKeyFile}; docs/operating/kurrentdb.md says how.`,
    );
  if (!existsSync(files.log)) throw new BackupRefused(`There is no log in ${settings.DESKSIDE_DATA_DIR}.`);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  if (readdirSync(to).length > 0) throw new BackupRefused(`${to} is not empty; a backup wants a folder of its own.`);
  await copyDatabase(files.log, join(to, names.log));
  await copyDatabase(files.vault, join(to, names.vault));
  copyFileSync(settings.masterKeyFile, join(to, names.masterKey));
  chmodSync(join(to, names.masterKey), 0o600);
}

/** Puts a backup into an empty data folder. What was erased after it was made is erased again when the server starts. */
export function restore(settings: Settings, from: string): void {
  const dataDir = settings.DESKSIDE_DATA_DIR;
  const missing = Object.values(names).find((name) => !existsSync(join(from, name)));
  if (missing !== undefined) throw new BackupRefused(`${from} is no backup: ${missing} is missing.`);
  const files = dataFiles(dataDir);
  if (existsSync(files.log) || existsSync(files.vault))
    throw new BackupRefused(`${dataDir} holds a log or a vault already. Move it away first; nothing was changed.`);
  // Read models of another log would be taken for those of this one, and hold names of people who are not in it.
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new BackupRefused(`${dataDir} is not empty. Move it away first; nothing was changed.`);
  if (existsSync(settings.masterKeyFile))
    throw new BackupRefused(`${settings.masterKeyFile} is there already. Move it away first; nothing was changed.`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  copyFileSync(join(from, names.log), files.log);
  copyFileSync(join(from, names.vault), files.vault);
  copyFileSync(join(from, names.masterKey), settings.masterKeyFile);
  for (const file of [files.log, files.vault, settings.masterKeyFile]) chmodSync(file, 0o600);
}

/** SQLite's online backup: a whole, consistent copy beside a writer. */
async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    await backup(source, to);
    chmodSync(to, 0o600);
  } finally {
    source.close();
  }
}
