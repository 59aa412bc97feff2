import type { FoundVault } from './found-vault';
import type { VaultsSite } from './vault-site';
import { VaultUnusable } from './vault-unusable';

/**
 * A vault that was lost must not be replaced by a new one, nor by that of another site: nobody could sign in, and no
 * personal text could be read. @throws VaultUnusable
 */
export function refuseOther(file: string, found: FoundVault | null, site: VaultsSite): void {
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

function isOfAnother(found: FoundVault | null, site: VaultsSite): boolean {
  return found !== null && found.siteId !== null && found.siteId !== site.id;
}

/** One of its own site may have no keys yet: the first is made after the site's first event. */
function hasNothing({ isUnfinished, siteId, isBegun }: FoundVault): boolean {
  return isUnfinished || (siteId === null && !isBegun);
}
