import { LogUnavailable } from '@deskside/event-store';
import { unreadableSite } from '../site/site';

export interface FoundLog {
  /** Of its very first event; null in an empty log. */
  readonly siteId: string | null;
  /** Where it is, without credentials, as it is kept. */
  readonly log: string;
  /** The same for the operator: in the data folder, its file. */
  readonly place: string;
  /** A log in the data folder belongs to it by lying there; one on a server does not. */
  readonly isOnServer: boolean;
}

export interface KnownSite {
  /** Null when folder and vault are new, or of an older version. */
  readonly siteId: string | null;
  /** Its first event was written: there is a log of it. */
  readonly isBegun: boolean;
}

/** What lies in the data folder does not belong together; one sentence for the operator. Nothing was made or changed. */
export class DataFolderRefused extends Error {
  readonly code: 'LOG_MISSING' | 'LOG_OF_ANOTHER_SITE';

  constructor(code: DataFolderRefused['code'], sentence: string) {
    super(sentence);
    this.name = 'DataFolderRefused';
    this.code = code;
  }
}

/**
 * The keys of a site are in its vault: with another site's log nobody could sign in, and an empty one would be taken for a
 * new site. @returns why this log is not the folder's; null when it is. One on a server is waited for
 */
export function whyNotTheFolders(found: FoundLog, site: KnownSite): LogUnavailable | DataFolderRefused | null {
  if (found.siteId === null) return site.isBegun ? emptyLog(found) : null;
  if (site.siteId === null) return found.isOnServer ? strangeLog(found) : null;
  // Which event is damaged is said by the chain of hashes.
  return [site.siteId, unreadableSite].includes(found.siteId) ? null : otherLog(found);
}

function emptyLog({ place, isOnServer }: FoundLog): LogUnavailable | DataFolderRefused {
  if (!isOnServer)
    return new DataFolderRefused(
      'LOG_MISSING',
      `The event log ${place} is missing or empty, but this data folder belongs to a site that has one: restore log.db from a backup, with vault.db and its master key if they are gone as well, or set DESKSIDE_LOG if the log is on a server.`,
    );
  return ofAnother(
    `The event log at ${place} is empty, but this data folder belongs to a site that has one. Copy it there first (npm run log:copy), or set DESKSIDE_LOG back.`,
  );
}

function strangeLog({ place }: FoundLog): LogUnavailable {
  return ofAnother(
    `The event log at ${place} belongs to a site whose keys are not in this data folder. Use the data folder of that site, or the address of an empty log.`,
  );
}

function otherLog({ place, isOnServer }: FoundLog): LogUnavailable | DataFolderRefused {
  if (!isOnServer)
    return new DataFolderRefused(
      'LOG_OF_ANOTHER_SITE',
      `The event log ${place} belongs to another site than the keys in this data folder: restore log.db, vault.db and master.key from the same backup.`,
    );
  return ofAnother(
    `The event log at ${place} belongs to another site than this data folder. Set DESKSIDE_LOG to the log of this site, or DESKSIDE_DATA_DIR to the folder of that one.`,
  );
}

function ofAnother(sentence: string): LogUnavailable {
  return new LogUnavailable({ code: 'LOG_OF_ANOTHER_SITE', sentence });
}
