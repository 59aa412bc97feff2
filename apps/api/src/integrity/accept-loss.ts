import { createHash } from 'node:crypto';
import { sentenceOf } from '@deskside/event-store';
import type { EventStore, LogAudit } from '@deskside/event-store';
import { openSqliteVault } from '@deskside/vault/sqlite';
import { systemClock } from '../clock/clock';
import { KnownLog } from '../log/known-log';
import { headFile, lockFolder, openLogAsItIs } from '../log/open-log';
import { dataFiles } from '../node/open-data-folder';
import type { Settings } from '../settings/settings';
import { siteIdOf } from '../site/site';
import { audited, elsewhereOf, headBeside, isFromElsewhere } from './audited-log';
import { recordTurn } from './integrity-turn';

/** Of the many that there may be, these stand in the event. */
const mostLosses = 100;

const unreadable = 'A part of the log cannot be read, and whatever were written to it might be lost. Restore a backup.';

/** A loss that cannot be accepted, in a sentence for the operator. */
export class LossRefused extends Error {}

export interface Acceptance {
  readonly isAccepted: boolean;
  /** What to tell, a sentence a line. */
  readonly lines: readonly string[];
}

/**
 * Lets the site go on with a log that is not whole. Only what the operator has read is accepted: without `findings`, or when
 * these are not the findings any more, it says what they are. @throws LossRefused, or what says that a server is running
 */
export async function acceptLoss(settings: Settings, findings: string | undefined): Promise<Acceptance> {
  const lock = lockFolder(settings);
  try {
    const store = await openLogAsItIs(settings);
    try {
      return await accept(settings, store, findings);
    } finally {
      await store.close();
    }
  } finally {
    lock.close();
  }
}

async function accept(settings: Settings, store: EventStore, findings: string | undefined): Promise<Acceptance> {
  const siteId = await siteIdOf(store).catch(() => {
    throw new LossRefused(unreadable);
  });
  if (siteId === null) throw new LossRefused('There is no site in this log: restore a backup.');
  const elsewhere = await elsewhereOf(settings, siteId);
  const file = settings.DESKSIDE_LOG === undefined ? { file: dataFiles(settings.DESKSIDE_DATA_DIR).log } : null;
  const audit = await audited({ reader: store, file, head: headBeside(headFile(settings)), elsewhere });
  if (audit.findings.length === 0)
    return { isAccepted: false, lines: ['The log is whole. There is nothing to accept.'] };
  const { state } = audit;
  if (state === null || audit.findings.some(({ kind }) => kind === 'unreadable' || kind === 'spoilt'))
    throw new LossRefused(
      'A part of the log cannot be read, and whatever were written to it might be lost. Restore a backup.',
    );
  const losses = audit.findings.map(sentenceOf);
  const code = codeOf(audit);
  if (findings !== code) return { isAccepted: false, lines: [...losses, howToAccept(code)] };
  const lost = audit.findings.some(isFromElsewhere) ? elsewhere : null;
  const more = { losses: losses.slice(0, mostLosses) };
  await withVault(settings, (vault) =>
    recordTurn({ store, vault, clock: systemClock, siteId }, { type: 'LogLossAccepted', state, lost, more }),
  );
  // What they were made from may be gone, and positions are given again.
  new KnownLog(settings.DESKSIDE_DATA_DIR, () => undefined).discardReadModels();
  return { isAccepted: true, lines: [`Accepted, and written down in the log. Start Deskside to go on.`] };
}

async function withVault(
  settings: Settings,
  work: (vault: Awaited<ReturnType<typeof openSqliteVault>>) => Promise<void>,
): Promise<void> {
  const vault = await openSqliteVault({
    file: dataFiles(settings.DESKSIDE_DATA_DIR).vault,
    masterKeyFile: settings.masterKeyFile,
  });
  try {
    await work(vault);
  } finally {
    await vault.close();
  }
}

/** The same for the same findings in the same log. */
function codeOf({ findings, more, state }: LogAudit): string {
  const text = JSON.stringify([findings.map(sentenceOf), more, state?.root]);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function howToAccept(code: string): string {
  return `Restore a backup if you have one. To go on without what is missing: npm run accept-loss -- --findings ${code}`;
}
