import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { summariseLogFile } from '@deskside/event-store/sqlite';
import { siteOfVault } from '@deskside/vault/sqlite';
import { siteStream } from '../command-path/derived-id';
import { unreadableSite } from '../site/site';
import { BackupRefused, copied, readAbout, siteOfLog, unfinished } from './backup-folder';
import type { BackupAbout } from './backup-folder';

/** @returns whose backup it is. @throws BackupRefused, LogUnusable or VaultUnusable, with a sentence, when it is not a whole one */
export async function checkBackup(from: string): Promise<{ readonly siteId: string }> {
  if (existsSync(join(from, unfinished)))
    throw new BackupRefused(`The backup in ${from} was cut off and is not whole. Take another one.`);
  const missing = Object.values(copied).find((name) => !existsSync(join(from, name)));
  if (missing !== undefined) throw new BackupRefused(`${from} is no backup: ${missing} is missing.`);
  const empty = Object.values(copied).find((name) => statSync(join(from, name)).size === 0);
  if (empty !== undefined) throw new BackupRefused(`${from} is no backup: ${empty} is empty.`);
  refuseUncheckpointed(from);
  const log = join(from, copied.log);
  const site = siteOfLog(summariseLogFile(log, siteStream));
  if (site === null) throw new BackupRefused(`${log} is no log of a site: its first event is missing.`);
  const about = readAbout(from);
  if (about !== null && !isOf(about, site))
    throw new BackupRefused(`The backup in ${from} is not whole: backup.json is of another log than log.db.`);
  return { siteId: await readableSiteId(from, site.siteId) };
}

/** The vault knows it as well, and what was erased is listed by it. */
async function readableSiteId(from: string, siteId: string): Promise<string> {
  if (siteId !== unreadableSite) return siteId;
  return (await siteOfVault(join(from, copied.vault))).siteId ?? siteId;
}

/** A copy that somebody has made by hand of a server that was running, or had been killed. */
function refuseUncheckpointed(from: string): void {
  const beside = [copied.log, copied.vault].find((name) => {
    const file = join(from, `${name}-wal`);
    return existsSync(file) && statSync(file).size > 0;
  });
  if (beside !== undefined)
    throw new BackupRefused(
      `${from} is no backup but a data folder: not all of ${beside} is in the file yet. Use that folder as it is, or back it up by npm run backup.`,
    );
}

/** Earlier versions have counted the places of losses that were accepted as events: where the log ends is the same in all. */
function isOf({ siteId, head }: BackupAbout, site: Pick<BackupAbout, 'siteId' | 'head'>): boolean {
  return siteId === site.siteId && head.position === site.head.position && head.hash === site.head.hash;
}
