import { parseArgs } from 'node:util';
import type { Settings } from '../settings/settings';
import { backUp } from './back-up';
import type { CopiedLog } from './back-up';
import { Progress } from './progress';
import { restore } from './restore';

const mebibyte = 1024 * 1024;

/** What a command has done, to be told. */
export interface Done {
  /** A sentence a line. */
  readonly lines: readonly string[];
  /** False when the log in the backup is not, or nobody can tell. */
  readonly isWhole: boolean;
}

/** `backup --to FOLDER`. */
export async function backupCommand(settings: Settings, args: readonly string[]): Promise<Done> {
  const options = optionsOf(args, ['to', 'megabytes-per-second']);
  const to = folderIn(options, 'to');
  const rate = rateIn(options);
  const copying = new Progress(process.stderr, (total) => `${Math.ceil(total / mebibyte)} MB copied`);
  const checking = new Progress(process.stderr, (total) => `${total.toLocaleString('en')} events checked`);
  const log = await backUp(settings, to, {
    ...(rate !== undefined && { bytesPerSecond: rate * mebibyte }),
    onProgress: (copied, total) => copying.show(copied, total),
    onChecked: (events, total) => {
      copying.end();
      checking.show(events, total);
    },
  }).finally(() => [copying, checking].forEach((progress) => progress.end()));
  const done = `Backed up to ${to}. Whoever has this folder can read everything in it.`;
  return { lines: [done, ...linesOn(log, to)], isWhole: log.status === 'whole' };
}

function linesOn(log: CopiedLog, to: string): readonly string[] {
  switch (log.status) {
    case 'whole':
      return [];
    case 'damaged':
      return [
        `The log is NOT whole, and neither is it in this backup: ${log.reason}`,
        'Keep the backups that you made before.',
      ];
    case 'notChecked':
      return [
        `The log in this backup could not be checked: ${log.reason}.`,
        `Keep the backups that you made before, and check it: npm run verify -- --from ${to}`,
      ];
  }
}

/** `restore --from FOLDER`. */
export async function restoreCommand(settings: Settings, args: readonly string[]): Promise<Done> {
  const { notes, isWhole } = await restore(settings, folderIn(optionsOf(args, ['from']), 'from'));
  return { lines: [...notes, `Restored into ${settings.DESKSIDE_DATA_DIR}. Start Deskside to use it.`], isWhole };
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
