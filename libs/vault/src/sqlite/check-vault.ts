import { lstatSync } from 'node:fs';
import { findVault } from './found-vault';
import type { FoundVault } from './found-vault';
import { readMasterKey } from './master-key';
import { checkMasterKey } from './master-key-check';
import type { VaultFiles } from './vault-files';
import type { SiteOfLog } from './vault-site';
import { VaultUnusable } from './vault-unusable';

export interface WantedVault extends VaultFiles {
  /** Whose vault it has to be, and whether it has to be there. Absent: anybody's, made when it is not there. */
  readonly site?: SiteOfLog;
}

/**
 * Looks whether this vault and its master key can be opened, or made, without making or changing a file.
 * @returns the vault that is there, if any. @throws VaultUnusable
 */
export async function checkVault({ site, ...files }: WantedVault): Promise<FoundVault | null> {
  const found = await findVault(files.file);
  if (site) refuseOther(files.file, found, site);
  const isNew = found === null && lstatSync(files.masterKeyFile, { throwIfNoEntry: false }) === undefined;
  if (isNew) return null;
  const master = readMasterKey(files);
  if (found !== null && !found.isUnfinished) checkMasterKey(found.masterKeyCheck, master, files);
  return found;
}

/**
 * A vault that was lost must not be replaced by a new one, nor by that of another site: nobody could sign in, and no
 * personal text could be read. @throws VaultUnusable
 */
function refuseOther(file: string, found: FoundVault | null, site: SiteOfLog): void {
  if (isOfAnother(found, site))
    throw new VaultUnusable(
      'VAULT_OF_ANOTHER_SITE',
      `The vault ${file} and the event log belong to different sites: restore whichever is not of this site from a backup.`,
    );
  if (!site.isBegun) return;
  if (found === null)
    throw new VaultUnusable(
      'VAULT_MISSING',
      `The vault ${file} is missing or empty, but the event log belongs to a site that has one: restore vault.db and its master key from a backup.`,
    );
  if (hasNothing(found))
    throw new VaultUnusable(
      'VAULT_EMPTY',
      `The vault ${file} has no keys, but the event log belongs to a site that has some: restore vault.db and its master key from a backup.`,
    );
}

function isOfAnother(found: FoundVault | null, site: SiteOfLog): boolean {
  const ids = [site.id, found?.siteId ?? null];
  return !ids.includes(null) && ids[0] !== ids[1];
}

/** One of its own site may have no keys yet: the first is made after the site's first event. */
function hasNothing({ isUnfinished, siteId, isBegun }: FoundVault): boolean {
  return isUnfinished || (siteId === null && !isBegun);
}
