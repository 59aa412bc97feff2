import { DevelopmentMailbox } from '@deskside/mail/development';
import type { Vault } from '@deskside/vault';
import { destroyLeft } from '../erasure/erased-keys';
import { Log } from '../log/logger';
import { openSecondPlace } from '../second-place/open-second-place';
import { SecondPlaceTrouble } from '../second-place/second-place';
import type { ErasedKeyList } from '../second-place/second-place';
import type { Settings } from '../settings/settings';
import { BackupRefused } from './backup-folder';

/** What is known of what was erased after the backup was made. */
export interface Erased {
  readonly list: ErasedKeyList | null;
  /** Why there is no list. */
  readonly unknown: string;
}

/** @throws BackupRefused when a second place is set, and cannot be read just now */
export async function readErased(settings: Settings, siteId: string): Promise<Erased> {
  const { DESKSIDE_SECOND_PLACE: folder } = settings;
  const secondPlace = await openSecondPlace(settings, siteId, new Log('silent'));
  if (secondPlace === null) return { list: null, unknown: 'No second place is set (DESKSIDE_SECOND_PLACE)' };
  try {
    return { list: await secondPlace.erasedKeys(), unknown: `The second place ${folder} has no list of this site` };
  } catch (error) {
    if (!(error instanceof SecondPlaceTrouble)) throw error;
    throw new BackupRefused(
      `${error.message} Nothing was restored: make it usable, or leave out DESKSIDE_SECOND_PLACE to restore without it.`,
    );
  }
}

/** Destroys in the restored vault what is known to be erased. @returns what the operator must know of it */
export async function eraseAgain(vault: Vault, { list, unknown }: Erased): Promise<readonly string[]> {
  const mailbox = new DevelopmentMailbox(vault, () => new Date());
  const kept = { vault, forget: (subject: string) => mailbox.forget(subject) };
  const again = await destroyLeft(kept, list?.keys ?? []);
  await vault.whenTraceless();
  if (list === null)
    return [
      `${unknown}: what was erased after this backup was made cannot be known and is readable again. Erase it once more.`,
    ];
  const damage = list.damage === null ? [] : [list.damage];
  return [...damage, saidOf(again.length)];
}

function saidOf(keys: number): string {
  if (keys === 0) return 'Nothing in this backup is known to have been erased since.';
  return `Erased again, since erased after this backup was made: ${keys === 1 ? '1 key' : `${keys} keys`}.`;
}
