import { parseArgs } from 'node:util';
import type { Settings } from '../settings/settings';
import { backUp } from './back-up';
import { Progress } from './progress';
import { restore } from './restore';

const mebibyte = 1024 * 1024;

/** `backup --to FOLDER`. @returns what to tell, a sentence a line */
export async function backupCommand(settings: Settings, args: readonly string[]): Promise<readonly string[]> {
  const options = optionsOf(args, ['to', 'megabytes-per-second']);
  const to = folderIn(options, 'to');
  const progress = new Progress(process.stderr);
  const rate = rateIn(options);
  await backUp(settings, to, {
    ...(rate !== undefined && { bytesPerSecond: rate * mebibyte }),
    onProgress: (copied, total) => progress.show(copied, total),
  }).finally(() => progress.end());
  return [`Backed up to ${to}. Whoever has this folder can read everything in it.`];
}

/** `restore --from FOLDER`. @returns what to tell, a sentence a line */
export async function restoreCommand(settings: Settings, args: readonly string[]): Promise<readonly string[]> {
  const erased = await restore(settings, folderIn(optionsOf(args, ['from']), 'from'));
  return [...erased, `Restored into ${settings.DESKSIDE_DATA_DIR}. Start Deskside to use it.`];
}

type Options = Readonly<Record<string, string | undefined>>;

function optionsOf(args: readonly string[], names: readonly string[]): Options {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
  return parseArgs({ args: [...args], options }).values as Options;
}

function folderIn(options: Options, name: 'to' | 'from'): string {
  const folder = options[name];
  if (folder === undefined) throw new Error(`Say which folder: --${name} FOLDER`);
  return folder;
}

function rateIn(options: Options): number | undefined {
  const given = options['megabytes-per-second'];
  if (given === undefined) return undefined;
  const rate = Number(given);
  if (!(rate > 0 && Number.isFinite(rate)))
    throw new Error(`--megabytes-per-second is "${given}", but it must be a number above 0.`);
  return rate;
}
