import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogUnavailable } from '@deskside/event-store';
import * as v from 'valibot';

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

interface FoundLog {
  /** Of its very first event; null in an empty log. */
  readonly siteId: string | null;
  readonly log: string;
  /** A log in the data folder belongs to it by lying there; one on a server does not. */
  readonly isOnServer: boolean;
}

/**
 * Whose log the vault and the read models of a data folder belong to. The keys of a site are in its vault: with another
 * site's log nobody could sign in, and an empty one would be taken for a new site.
 */
export class KnownLog {
  readonly #file: string;
  readonly #dataDir: string;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.#file = join(dataDir, 'log-of-site.json');
  }

  /**
   * @returns the id of the site
   * @throws LogUnavailable with one sentence when this log is not the folder's.
   */
  check(found: FoundLog, newSiteId: string): string {
    const known = this.#read();
    const refusal = known === null ? strangeLog(found) : otherLog(known, found);
    if (refusal !== null) throw new LogUnavailable({ code: 'LOG_OF_ANOTHER_SITE', sentence: refusal });
    const siteId = found.siteId ?? known?.siteId ?? newSiteId;
    if (known !== null && areOutdated(known, found)) this.discardReadModels();
    this.#write({ siteId, log: found.log, isBegun: found.siteId !== null });
    return siteId;
  }

  /** The first event of the site stands in its log. */
  begun(): void {
    const known = this.#read();
    if (known !== null) this.#write({ ...known, isBegun: true });
  }

  /** Until the next call the read models do not outlast an end of the server, however it ends. */
  namesOutdated(areOutdated: boolean): void {
    const known = this.#read();
    if (known !== null) this.#write({ ...known, areNamesOutdated: areOutdated });
  }

  /** They are made again from the log; nothing may have them open. */
  discardReadModels(): void {
    rmSync(join(this.#dataDir, 'read-models'), { recursive: true, force: true });
  }

  #read(): Known | null {
    try {
      return v.parse(schema, JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return null;
    }
  }

  #write(known: Known): void {
    writeFileSync(this.#file, `${JSON.stringify(known)}\n`, { mode: 0o600 });
  }
}

/** Positions of the same log in another place mean nothing in this one. */
function areOutdated(known: Known, { log }: FoundLog): boolean {
  return known.log !== log || known.areNamesOutdated === true;
}

function strangeLog({ siteId, log, isOnServer }: FoundLog): string | null {
  if (siteId === null || !isOnServer) return null;
  return `The event log at ${log} belongs to a site whose keys are not in this data folder. Use the data folder of that site, or the address of an empty log.`;
}

function otherLog(known: Known, { siteId, log }: FoundLog): string | null {
  if (siteId === null)
    return known.isBegun
      ? `The event log at ${log} is empty, but this data folder belongs to a site that has one. Copy it there first (npm run log:copy), or set DESKSIDE_LOG back.`
      : null;
  return siteId === known.siteId
    ? null
    : `The event log at ${log} belongs to another site than this data folder. Set DESKSIDE_LOG to the log of this site, or DESKSIDE_DATA_DIR to the folder of that one.`;
}
