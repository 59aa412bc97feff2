import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from '@deskside/event-store';
import { headFileOf, summariseLog } from '@deskside/event-store/sqlite';
import { siteStream } from '../command-path/derived-id';
import { dataFiles } from '../files/data-files';
import { replaceFile, syncFile, syncFolder } from '../files/durable-files';
import { faultsOfLogFile } from '../integrity/log-file-audit';
import { version } from '../node/version';
import type { Settings } from '../settings/settings';
import { aboutFile, BackupRefused, copied, isDiskFull, siteOfLog, unfinished } from './backup-folder';
import type { BackupAbout } from './backup-folder';
import { copySnapshot } from './copy-snapshot';
import type { Pace } from './copy-snapshot';
import { oneMoment } from './one-moment';
import type { Moment } from './one-moment';

/** Leaves most of a disk to those who are served. */
const usualBytesPerSecond = 64 * 1024 * 1024;

/** What is known of the log in a backup, which is copied as it is. */
export type CopiedLog =
  | { readonly status: 'whole' }
  /** `reason`: a few sentences on what is wrong with it, or why nobody can tell. */
  | { readonly status: 'damaged' | 'notChecked'; readonly reason: string };

interface Course extends Pace {
  /** How many of the events that were copied have been read again. */
  readonly onChecked?: (events: number, total: number) => void;
}

/**
 * Copies log, vault and master key as they are at one moment, while the server runs or not. Read models are not copied; they
 * are made again. Whoever has the folder can read everything in it. @throws BackupRefused
 */
export async function backUp(settings: Settings, to: string, course: Course = {}): Promise<CopiedLog> {
  const files = dataFiles(settings.DESKSIDE_DATA_DIR);
  if (settings.DESKSIDE_LOG !== undefined)
    throw new BackupRefused(
      `The log is on a server (DESKSIDE_LOG): back it up there first, then copy the vault and ${settings.masterKeyFile}; docs/operating/kurrentdb.md says how.`,
    );
  if (!existsSync(files.log)) throw new BackupRefused(`There is no log in ${settings.DESKSIDE_DATA_DIR}.`);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  if (readdirSync(to).length > 0) throw new BackupRefused(`${to} is not empty; a backup wants a folder of its own.`);
  const moment = await oneMoment(files).catch((error: unknown) => {
    throw unreadable(error, settings.DESKSIDE_DATA_DIR);
  });
  let about: BackupAbout;
  try {
    about = aboutOf(moment, settings);
    await fill(to, { about, moment, masterKeyFile: settings.masterKeyFile, pace: course });
  } catch (error) {
    throw refusalOf(error, to);
  } finally {
    // Before all of it is read again: what the server writes meanwhile could not be put into its files.
    moment.log.close();
    moment.vault.close();
  }
  return checked(join(to, copied.log), (events) => course.onChecked?.(events, about.events));
}

/** The backup is there, whatever comes of this. */
async function checked(log: string, onProgress: (events: number) => void): Promise<CopiedLog> {
  try {
    const reason = await faultsOfLogFile(log, onProgress);
    return reason === null ? { status: 'whole' } : { status: 'damaged', reason };
  } catch (error) {
    return { status: 'notChecked', reason: reasonOf(error) };
  }
}

function aboutOf({ log }: Moment, settings: Settings): BackupAbout {
  const site = siteOfLog(summariseLog(log.db, siteStream));
  if (site === null) throw new BackupRefused(`The log in ${settings.DESKSIDE_DATA_DIR} has no event of a site yet.`);
  return { format: 1, madeAt: new Date().toISOString(), ...site, version };
}

interface Content {
  readonly about: BackupAbout;
  readonly moment: Moment;
  readonly masterKeyFile: string;
  readonly pace: Pace;
}

async function fill(to: string, { about, moment, masterKeyFile, pace }: Content): Promise<void> {
  writeFileSync(join(to, unfinished), '', { mode: 0o600 });
  await syncFolder(to);
  // First and without a pause: while its snapshot is held, bytes of keys that are destroyed stay in the vault's files.
  await copySnapshot(moment.vault, join(to, copied.vault), {});
  moment.vault.end();
  await copySnapshot(moment.log, join(to, copied.log), { bytesPerSecond: usualBytesPerSecond, ...pace });
  copyFileSync(masterKeyFile, join(to, copied.masterKey));
  for (const name of Object.values(copied)) {
    chmodSync(join(to, name), 0o600);
    await syncFile(join(to, name));
  }
  // As beside a log that is in use: whoever verifies the backup sees whether it still ends where it ended.
  await replaceFile(headFileOf(join(to, copied.log)), JSON.stringify(about.head));
  await replaceFile(aboutFile(to), `${JSON.stringify(about, null, 2)}\n`);
  rmSync(join(to, unfinished));
  await syncFolder(to);
}

/** Where nothing can be written beside them, SQLite says no more than that it failed. */
function unreadable(error: unknown, dataDir: string): BackupRefused {
  if (error instanceof BackupRefused) return error;
  const reason = reasonOf(error);
  return new BackupRefused(
    `Log and vault in ${dataDir} cannot be read: ${reason}. Look whether the disk is full, and whether you may read and write that folder.`,
    { cause: error },
  );
}

function refusalOf(error: unknown, to: string): BackupRefused {
  if (error instanceof BackupRefused) return error;
  const reason = reasonOf(error);
  const sentence = isDiskFull(error)
    ? `The disk of ${to} is full: the backup in it is not whole. Remove it and make room.`
    : `The backup in ${to} is not whole, remove it: ${reason}.`;
  return new BackupRefused(sentence, { cause: error });
}

/** Without the full stop of a sentence, for the middle of another one. SQLite names in it what a damaged file contains. */
function reasonOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
