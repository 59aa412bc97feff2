import type { BackupFigures } from './backups';
import { growthOf, percentile, wait } from './figures';
import type { Heard } from './figures';
import type { LogCount } from './log-count';
import type { RestoredFigures } from './restored';
import type { Life } from './server-lives';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly figure: string;
}

const slowerAllowed = 3;

export function everythingInLog(count: LogCount, feeds: { doubles: number; unheard: number }): Check {
  const { acknowledged, events, lost, doubled } = count;
  return {
    name: 'every accepted command is in the log once, every line came to its feed once',
    ok: acknowledged > 0 && lost.length + doubled.length + feeds.doubles + feeds.unheard === 0,
    figure: `${acknowledged} accepted, ${events} events, ${lost.length} lost, ${doubled.length} doubled; feeds: ${feeds.doubles} doubled, ${feeds.unheard} missing${example([...lost, ...doubled])}`,
  };
}

/** @param verdict null when it is whole */
export function logsWhole(verdict: string | null, { made, failed, notWhole }: BackupFigures): Check {
  const said = [verdict, ...failed, ...notWhole].filter((sentence) => sentence !== null);
  return {
    name: 'the log is whole, signed, and what the second place knows; so is each backup',
    ok: made > 0 && said.length === 0,
    figure: `${made} backups, ${failed.length} failed, ${notWhole.length} not whole; ${said[0] ?? 'all are'}`,
  };
}

export interface GoneFigures {
  readonly texts: number;
  readonly inFolder: readonly string[];
  readonly inAnswers: readonly string[];
  readonly restored: RestoredFigures;
  /** Files in which a text that is not gone was found: the search finds what there is. */
  readonly control: number;
}

export function goneIsGone({ texts, inFolder, inAnswers, restored, control }: GoneFigures): Check {
  const found = [...inFolder, ...inAnswers, ...restored.found];
  const wasLooked = texts > 0 && control > 0 && restored.trouble === null;
  const backup = `${restored.found.length} files of the restored backup with ${restored.sessions} of their sessions`;
  return {
    name: 'what was erased or taken back stands in no file and no answer',
    ok: wasLooked && found.length === 0,
    figure: `${texts} texts gone; found in ${inFolder.length} files, ${inAnswers.length} answers, ${restored.trouble ?? backup}; a kept text in ${control}${example(found)}`,
  };
}

/** The first of what should not be. */
function example([first]: readonly string[]): string {
  return first === undefined ? '' : `; ${first}`;
}

/** Connections of this process that are kept for a next request. */
const socketsAllowed = 64;

/** @param socketsLeft open ones once everybody had gone */
export function staysFlat(lives: readonly Life[], socketsLeft: number): Check {
  const samples = lives.map((life) => life.samples).reduce((a, b) => (b.length > a.length ? b : a), []);
  const [memory, files] = [growthOf(samples, 'memory'), growthOf(samples, 'files')];
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  return {
    name: 'memory and open files stay flat: least of the last third of the longest life against its middle third, 15 % allowed',
    ok: memory?.isFlat === true && files?.isFlat === true && socketsLeft <= socketsAllowed,
    figure:
      memory === null || files === null
        ? `too short to tell: ${samples.length} samples`
        : `${megabytes(memory.middle)} to ${megabytes(memory.last)} MB, ${files.middle} to ${files.last} files, ${samples.length} samples, ${socketsLeft} sockets left`,
  };
}

export interface Waits {
  readonly quiet: readonly Heard[];
  readonly loud: readonly Heard[];
}

export function staysQuick({ quiet, loud }: Waits): Check {
  const before = percentile(quiet.map(wait), 0.99) ?? 0;
  const then = percentile(loud.map(wait), 0.99) ?? Number.POSITIVE_INFINITY;
  return {
    name: `chat takes less than ${slowerAllowed} times what it takes on the quiet server (p99)`,
    ok: then < before * slowerAllowed,
    figure: `${before.toFixed(1)} ms of ${quiet.length} quiet lines, ${then.toFixed(1)} ms of ${loud.length}`,
  };
}

export function nobodyLeft(processes: readonly string[], unclean: readonly string[]): Check {
  return {
    name: 'every end was clean, and no process is left',
    ok: processes.length + unclean.length === 0,
    figure: `${processes.length} left, ${unclean.length} unclean ends${example([...processes, ...unclean])}`,
  };
}
