import { realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Log } from '../log/logger';
import { insideDataFolder, isWithin, WrongSetting } from '../settings/settings';
import type { Settings } from '../settings/settings';
import { FolderSecondPlace } from './folder-second-place';
import { InTurn } from './in-turn';
import { WatchedSecondPlace } from './watched-second-place';

type PlaceSettings = Pick<Settings, 'DESKSIDE_SECOND_PLACE' | 'DESKSIDE_DATA_DIR'>;

/** Null when none is set. What is away just now comes back; what can never be one is refused. @throws WrongSetting */
export async function openSecondPlace(
  settings: PlaceSettings,
  siteId: string,
  log: Pick<Log, 'info' | 'warn'>,
): Promise<WatchedSecondPlace | null> {
  const folder = settings.DESKSIDE_SECOND_PLACE;
  if (folder === undefined) return null;
  const turn = new InTurn();
  const refusal = await turn.run(() => refusalOf(folder, settings.DESKSIDE_DATA_DIR)).catch(() => null);
  if (refusal !== null) throw new WrongSetting(refusal);
  return new WatchedSecondPlace(new FolderSecondPlace({ folder, siteId, turn }), log);
}

/** By what the names lead to: a link into the data folder is in it. */
async function refusalOf(folder: string, dataDir: string): Promise<string | null> {
  if (!(await stat(folder)).isDirectory()) return `DESKSIDE_SECOND_PLACE is "${folder}", but that is no folder.`;
  const [real, realDataDir] = await Promise.all([realpath(folder), realFolder(dataDir)]);
  return isWithin(real, realDataDir) ? insideDataFolder(folder) : null;
}

/** The data folder may not be there yet. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    const parent = dirname(folder);
    return parent === folder ? folder : join(await realFolder(parent), folder.slice(parent.length));
  }
}
