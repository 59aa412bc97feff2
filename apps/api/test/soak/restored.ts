import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ApiProcess, runCommand } from '../support/api-process';
import type { ProcessOptions } from '../support/api-process';
import type { Staff } from '../support/people';
import { searchFolder } from '../support/search-bytes';
import { until } from '../support/until';
import { withPlace } from './backups';
import type { Ledger } from './ledger';

export interface RestoredFigures {
  /** Why it could not be restored, or ended badly. */
  readonly trouble: string | null;
  /** Files in which something that is gone stands. */
  readonly found: readonly string[];
  /** Sessions of which something is gone that were there to be read. */
  readonly sessions: number;
}

interface RestoreOf {
  readonly backup: string;
  readonly root: string;
  readonly secondPlace: string;
  readonly options: ProcessOptions;
}

/**
 * Restores a backup into a folder of its own, reads in it what is gone, and searches its bytes. It gets a copy of the second
 * place: a restored site beside the first one would sign there too.
 */
export async function restoreAndSearch(
  { backup, root, secondPlace, options }: RestoreOf,
  ledger: Ledger,
  administrator: Staff,
): Promise<RestoredFigures> {
  const [dataDir, place] = [join(root, 'restored'), join(root, 'place-of-restored')];
  cpSync(secondPlace, place, { recursive: true });
  const restored = withPlace({ ...options, dataDir }, place);
  const { code, stderr } = await runCommand(['restore', '--from', backup], restored);
  if (code !== 0) return { trouble: stderr.slice(-300), found: [], sessions: 0 };
  const api = await ApiProcess.start(restored);
  administrator.origin = api.url;
  await untilReady(api.url);
  const sessions = await readGone(ledger, administrator, 'the restored backup');
  const ended = await api.stop();
  return { trouble: ended === 0 ? null : `exit code ${ended}`, found: goneIn(dataDir, ledger), sessions };
}

export async function untilReady(origin: string): Promise<void> {
  await until(
    'the server is ready',
    async () =>
      (await fetch(`${origin}/health/ready`).then(
        ({ status }) => status,
        () => 0,
      )) === 200,
    60_000,
  );
}

/** Reads each session of which something is gone. @returns how many were there */
export async function readGone(ledger: Ledger, administrator: Staff, where: string): Promise<number> {
  let sessions = 0;
  for (const sessionId of ledger.withGone) {
    const { code, text } = await administrator.ask('sessionHistory', { sessionId });
    ledger.lookForAny(where, text);
    if (code === 'ok') sessions += 1;
  }
  const found = await administrator.ask('findSessions', { name: ledger.doomed });
  ledger.lookForAny(`the search in ${where}`, found.text);
  return sessions;
}

/** Files of a folder in which something that is gone stands, in whatever form. */
export function goneIn(folder: string, { doomed }: Ledger): readonly string[] {
  return searchFolder(folder, { doomed }).found.map(({ file }) => file);
}
