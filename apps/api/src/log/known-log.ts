import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keepFile, readKeptJson } from '@deskside/kept-file';
import type { OnDamagedFile } from '@deskside/kept-file';
import { readModelsFolder } from '@deskside/projections';
import type { SiteOfVault } from '@deskside/vault/sqlite';
import * as v from 'valibot';
import { unreadableSite } from '../site/site';
import { whyNotTheFolders } from './log-of-folder';
import type { FoundLog, KnownSite } from './log-of-folder';

const schema = v.object({
  siteId: v.string(),
  /** Where the log was, without credentials. */
  log: v.string(),
  /** The site's first event has been written. */
  isBegun: v.boolean(),
  /** The read models may hold names whose keys are gone without an event. */
  areNamesOutdated: v.optional(v.boolean()),
});
type Known = v.InferOutput<typeof schema>;

/** What is known once log and vault were found to belong together. */
export interface CheckedLog {
  readonly siteId: string;
  /** The log may stand in another place than at the last start: positions of the other one mean nothing here then. */
  readonly isMoved: boolean;
}

/** Where the log of a data folder was at the last start. Made again from log and vault when it is lost. */
export class KnownLog {
  readonly #dataDir: string;
  readonly #file: string;
  #known: Known | null;

  constructor(dataDir: string, onDamaged: OnDamagedFile) {
    this.#dataDir = dataDir;
    this.#file = join(dataDir, 'log-of-site.json');
    this.#known = readKeptJson(this.#file, schema, onDamaged);
  }

  /** The site of this folder, as far as folder and vault know it. The keys decide: the file may have come from elsewhere. */
  siteWith(vault: SiteOfVault): KnownSite {
    const known = this.#known;
    if (known === null || ![null, known.siteId].includes(vault.siteId)) return vault;
    return { siteId: known.siteId, isBegun: vault.isBegun || known.isBegun };
  }

  /**
   * Changes nothing yet: `keep` does.
   * @throws LogUnavailable or DataFolderRefused with one sentence when this log is not the folder's
   */
  check(found: FoundLog, vault: SiteOfVault, newSiteId: string): CheckedLog {
    const site = this.siteWith(vault);
    const refusal = whyNotTheFolders(found, site);
    if (refusal !== null) throw refusal;
    const readable = found.siteId === unreadableSite ? null : found.siteId;
    const siteId = readable ?? site.siteId ?? found.siteId ?? newSiteId;
    return { siteId, isMoved: found.siteId !== null && !this.#isAsBefore(siteId, found.log) };
  }

  /** The log stood in another place at the last start. */
  stoodElsewhere(log: string): boolean {
    return this.#known !== null && this.#known.log !== log;
  }

  keep({ siteId, isMoved }: CheckedLog, { log, siteId: foundId }: FoundLog): void {
    if (isMoved || this.#known?.areNamesOutdated === true) this.discardReadModels();
    this.#write({ siteId, log, isBegun: foundId !== null });
  }

  /** The first event of the site stands in its log. */
  begun(): void {
    if (this.#known !== null) this.#write({ ...this.#known, isBegun: true });
  }

  /** Until the next call the read models do not outlast an end of the server, however it ends. */
  namesOutdated(areNamesOutdated: boolean): void {
    if (this.#known !== null) this.#write({ ...this.#known, areNamesOutdated });
  }

  /** They are made again from the log; nothing may have them open. Which of them are paused stays. */
  discardReadModels(): void {
    const folder = readModelsFolder(this.#dataDir);
    const names = existsSync(folder) ? readdirSync(folder) : [];
    for (const name of names) if (name.includes('.db')) rmSync(join(folder, name), { recursive: true, force: true });
  }

  #isAsBefore(siteId: string, log: string): boolean {
    return this.#known?.siteId === siteId && this.#known.log === log;
  }

  #write(known: Known): void {
    keepFile(this.#file, `${JSON.stringify(known)}\n`);
    this.#known = known;
  }
}
