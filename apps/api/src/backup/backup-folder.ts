import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSummary } from '@deskside/event-store/sqlite';
import { SQLITE, sqliteCode } from '@deskside/sqlite';
import * as v from 'valibot';
import { logName, vaultName } from '../files/data-files';
import { siteIdIn } from '../site/site';

/** A backup or restore that cannot be, in a sentence for the operator. */
export class BackupRefused extends Error {}

/** What a backup consists of, by the names that the files have in the data folder. */
export const copied = { log: logName, vault: vaultName, masterKey: 'master.key' } as const;

/** Written before anything else and removed after everything: with it a backup is not whole. */
export const unfinished = 'unfinished-backup';
const about = 'backup.json';

const schema = v.object({
  format: v.literal(1),
  /** RFC 3339. */
  madeAt: v.string(),
  siteId: v.string(),
  events: v.number(),
  head: v.object({ position: v.string(), hash: v.string() }),
  /** Of Deskside. */
  version: v.string(),
});

/** Which state of which site a backup holds. */
export type BackupAbout = v.InferOutput<typeof schema>;

export function aboutFile(folder: string): string {
  return join(folder, about);
}

/** Null in a backup of a version that wrote none. @throws BackupRefused when it cannot be understood. */
export function readAbout(folder: string): BackupAbout | null {
  if (!existsSync(aboutFile(folder))) return null;
  try {
    return v.parse(schema, JSON.parse(readFileSync(aboutFile(folder), 'utf8')));
  } catch {
    throw new BackupRefused(`${aboutFile(folder)} is damaged, or of a newer version of Deskside.`);
  }
}

/** What a log says of itself; null when its site was never begun. */
export function siteOfLog({
  firstBody,
  events,
  head,
}: LogSummary): Pick<BackupAbout, 'siteId' | 'events' | 'head'> | null {
  return firstBody === null || head === null ? null : { siteId: siteIdIn({ body: firstBody }), events, head };
}

export function isDiskFull(error: unknown): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return sqliteCode(error) === SQLITE.FULL || code === 'ENOSPC' || code === 'EDQUOT';
}
