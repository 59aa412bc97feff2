import { randomUUID } from 'node:crypto';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import type { EventStore } from '@deskside/event-store';
import { readModelsFolder } from '@deskside/projections';
import type { Vault } from '@deskside/vault';
import { checkVault, openSqliteVault, siteOfVault } from '@deskside/vault/sqlite';
import type { WantedVault } from '@deskside/vault/sqlite';
import { siteStream } from '../command-path/derived-id';
import { dataFiles } from '../files/data-files';
import { writeIncident } from '../log/incidents';
import { KnownLog } from '../log/known-log';
import type { CheckedLog } from '../log/known-log';
import type { FoundLog } from '../log/log-of-folder';
import type { Log } from '../log/logger';
import { firstInLog, forgetNotes, lockFolder, openLog, shownLog } from '../log/open-log';
import type { Settings } from '../settings/settings';
import { siteIdIn, siteIdOf, unreadableSite } from '../site/site';

export interface OpenedDataFolder extends CheckedLog {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly knownLog: KnownLog;
  /** Held until everything else is closed. */
  readonly folderLock: { close(): void };
  /** The site's first event stands in the log. */
  readonly hasBegun: boolean;
}

/** Takes what has to be closed again when a later part cannot be opened. */
export type ToClose = (name: string, part: { close(): unknown }) => void;

/**
 * Opens log and vault. Whether they belong together, and whether any of them was lost, is known before anything is made in
 * the place of what is missing. @param open the log as a start opens it, unless something else is given
 * @throws with a sentence for the operator
 */
export async function openDataFolder(
  settings: Settings,
  log: Log,
  toClose: ToClose,
  open = openLog,
): Promise<OpenedDataFolder> {
  const dataDir = settings.DESKSIDE_DATA_DIR;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  refuseUnusable(dataDir);
  const onDamagedFile = (reason: string): void => writeIncident(log, { kind: 'damagedFile', reason });
  const knownLog = new KnownLog(dataDir, onDamagedFile);
  const look = (siteId: string | null): Promise<Looked> => lookAt(settings, knownLog, siteId);
  const folderLock = lockFolder(settings);
  toClose('lock of the data folder', folderLock);
  const isElsewhere = knownLog.stoodElsewhere(shownLog(settings));
  // The log can be asked before it is opened, which would make or change a file, and note what is in one on a server.
  const early = isElsewhere || isInFolder(settings) ? await firstInLog(settings, siteStream) : undefined;
  if (early !== undefined) await look(early && siteIdIn(early));
  if (isElsewhere && early !== undefined) forgetNotes(settings);
  // The log before the vault: its lock says whether another server has this folder.
  const store = await open(settings, { onIncident: (incident) => writeIncident(log, incident), onDamagedFile });
  toClose('event log', store);
  const { found, checked, wanted } = await look(await siteIdOf(store));
  const vault = await openSqliteVault({ ...wanted, onIncident: (incident) => writeIncident(log, incident) });
  toClose('vault', vault);
  knownLog.keep(checked, found);
  return { store, vault, knownLog, folderLock, hasBegun: wanted.site.isBegun, ...checked };
}

interface Looked {
  readonly found: FoundLog;
  readonly checked: CheckedLog;
  readonly wanted: WantedVault & { readonly site: { readonly isBegun: boolean } };
}

/** Whether a log of this site, vault and master key belong together. Makes nothing. @throws with a sentence for the operator */
async function lookAt(settings: Settings, knownLog: KnownLog, siteId: string | null): Promise<Looked> {
  const { DESKSIDE_DATA_DIR: dataDir, masterKeyFile } = settings;
  const { log: file, vault } = dataFiles(dataDir);
  const log = shownLog(settings);
  const isOnServer = !isInFolder(settings);
  const found = { siteId, log, place: isOnServer ? log : file, isOnServer };
  const checked = knownLog.check(found, await siteOfVault(vault), randomUUID());
  const id = checked.siteId === unreadableSite ? null : checked.siteId;
  const wanted = { file: vault, masterKeyFile, site: { id, isBegun: siteId !== null } };
  await checkVault(wanted);
  return { found, checked, wanted };
}

function isInFolder({ DESKSIDE_LOG }: Settings): boolean {
  return DESKSIDE_LOG === undefined;
}

/** SQLite would say no more than that it cannot open a file. @throws what the system says, with the path */
function refuseUnusable(dataDir: string): void {
  for (const folder of [dataDir, readModelsFolder(dataDir)]) refuseUnlike(folder, 'folder');
  for (const file of Object.values(dataFiles(dataDir))) refuseUnlike(file, 'file');
}

function refuseUnlike(path: string, wanted: 'file' | 'folder'): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  const code = wanted === 'file' ? 'EISDIR' : 'ENOTDIR';
  if (found.isDirectory() !== (wanted === 'folder')) throw Object.assign(new Error(`no ${wanted}`), { code, path });
  accessSync(path, constants.R_OK | constants.W_OK | (wanted === 'folder' ? constants.X_OK : 0));
}
