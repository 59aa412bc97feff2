import type { DatabaseSync } from 'node:sqlite';

/** As the vault has it. */
export interface SiteOfVault {
  /** Null in a vault that was made before vaults knew their site. */
  readonly siteId: string | null;
  /** The first event of the site was written: there is a log that belongs to these keys. */
  readonly isBegun: boolean;
}

/** As the log has it. */
export interface SiteOfLog {
  /** Null while it cannot be read. */
  readonly id: string | null;
  /** Its first event stands in the log; a vault of such a site is never made anew. */
  readonly isBegun: boolean;
}

const ID = 'site';
const BEGUN = 'site_begun';

export function siteIn(db: DatabaseSync): SiteOfVault {
  const siteId = metaOf(db, ID);
  // Without its site it is of an older version, where keys were first made for an account that stood in the log.
  const isBegun = siteId === null ? hasKeys(db) : metaOf(db, BEGUN) !== null;
  return { siteId, isBegun };
}

/** From the first time on a vault belongs to one site. */
export function bindToSite(db: DatabaseSync, site: SiteOfLog): void {
  const { siteId, isBegun } = siteIn(db);
  if (site.id === null || (siteId !== null && isBegun === site.isBegun)) return;
  db.prepare('INSERT OR IGNORE INTO meta VALUES (?, ?)').run(ID, site.id);
  if (site.isBegun) markBegun(db);
}

export function markBegun(db: DatabaseSync): void {
  db.prepare('INSERT OR IGNORE INTO meta VALUES (?, ?)').run(BEGUN, '1');
}

function metaOf(db: DatabaseSync, name: string): string | null {
  const value = db.prepare('SELECT value FROM meta WHERE name = ?').get(name)?.['value'];
  return typeof value === 'string' ? value : null;
}

function hasKeys(db: DatabaseSync): boolean {
  return db.prepare('SELECT 1 FROM owner LIMIT 1').get() !== undefined;
}
