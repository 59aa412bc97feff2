import { createHash } from 'node:crypto';
import { LogUnavailable, publicKeyOf, sentenceOf } from '@deskside/event-store';
import type { CheckpointElsewhere, EventStore, LogAudit, LogState } from '@deskside/event-store';
import { firstInLogFile } from '@deskside/event-store/sqlite';
import { systemClock } from '../clock/clock';
import { siteStream } from '../command-path/derived-id';
import { dataFiles } from '../files/data-files';
import { Log } from '../log/logger';
import { headFile, openLogAsItIs } from '../log/open-log';
import { openDataFolder } from '../node/open-data-folder';
import type { OpenedDataFolder } from '../node/open-data-folder';
import type { Settings } from '../settings/settings';
import { unreadableSite } from '../site/site';
import { audited, headBeside, isFromElsewhere } from './audited-log';
import { elsewhereOf } from './known-elsewhere';
import { openSessionsIn } from './open-sessions';
import { recordStatement } from './operator-statement';
import { signingKey } from './signing-key';
import { writtenLosses } from './written-losses';

const unreadable = 'A part of the log cannot be read.';
const notToBeTrusted = 'Whatever is written to it might be lost: restore a backup.';
const noSite = 'There is no site in this log: restore a backup.';

/** A loss that cannot be accepted, in a sentence for the operator. */
export class LossRefused extends Error {}

export interface Acceptance {
  readonly status: 'accepted' | 'nothingToAccept' | 'notAccepted';
  /** What to tell, a sentence a line. */
  readonly lines: readonly string[];
}

/**
 * Lets the site go on with a log that is not whole. Only what the operator has read is accepted: without `findings`, or when
 * these are not the findings any more, it says what they are. @throws LossRefused, or what says that a server is running, or
 * that keys are missing
 */
export async function acceptLoss(settings: Settings, findings: string | undefined): Promise<Acceptance> {
  refuseNoLog(settings);
  const opened: { close(): unknown }[] = [];
  try {
    const toClose = (_: string, part: { close(): unknown }): void => void opened.unshift(part);
    const folder = await openDataFolder(settings, new Log('silent'), toClose, openWithSite);
    return await accept(settings, folder, findings);
  } finally {
    for (const part of opened) await part.close();
  }
}

/** Opening it would make one. */
function refuseNoLog({ DESKSIDE_LOG, DESKSIDE_DATA_DIR }: Settings): void {
  if (DESKSIDE_LOG !== undefined) return;
  if (firstInLogFile(dataFiles(DESKSIDE_DATA_DIR).log, siteStream) === null) throw new LossRefused(noSite);
}

async function openWithSite(settings: Parameters<typeof openLogAsItIs>[0]): Promise<EventStore> {
  const store = await openLogAsItIs(settings);
  const refusal = await whyNoSite(store);
  if (refusal === null) return store;
  await store.close();
  throw refusal;
}

async function whyNoSite(store: EventStore): Promise<LossRefused | LogUnavailable | null> {
  try {
    const [first] = await store.readStream(siteStream, { maxCount: 1 });
    return first?.revision === 0n ? null : new LossRefused(noSite);
  } catch (error) {
    return error instanceof LogUnavailable ? error : new LossRefused(`${unreadable} ${notToBeTrusted}`);
  }
}

async function accept(
  settings: Settings,
  { store, vault, siteId, knownLog }: OpenedDataFolder,
  findings: string | undefined,
): Promise<Acceptance> {
  const elsewhere = await elsewhereOf(settings, siteId === unreadableSite ? null : siteId);
  const note = elsewhere.status === 'damaged' ? [elsewhere.sentence] : [];
  const key = publicKeyOf(await signingKey({ vault, clock: systemClock }));
  const file = settings.DESKSIDE_LOG === undefined ? { file: dataFiles(settings.DESKSIDE_DATA_DIR).log } : null;
  const head = headBeside(headFile(settings));
  const log = { reader: store, file, head, elsewhere: elsewhere.newest, key };
  const audit = await audited(log, { withContents: true });
  if (audit.findings.length === 0)
    return { status: 'nothingToAccept', lines: [...note, 'The log is whole. There is nothing to accept.'] };
  const { state, contents } = asItStands(audit);
  const code = codeOf(audit);
  if (findings !== code) {
    const open = await openAfter(audit, store);
    return { status: 'notAccepted', lines: [...note, ...toldOf(audit, open), ...howToAccept(code, findings)] };
  }
  // First: if this ends in between, they are made again from the log as it is, and not kept for positions that are given again.
  knownLog.discardReadModels();
  const about = { type: 'LogLossAccepted', state, lost: lostElsewhere(audit, elsewhere.newest) } as const;
  await recordStatement(
    { store, vault, clock: systemClock, siteId },
    { ...about, more: { ...writtenLosses(audit), contents } },
  );
  return { status: 'accepted', lines: [...note, 'Accepted, and written down in the log. Start Deskside to go on.'] };
}

function asItStands({ state, contents, isReadable, findings }: LogAudit): {
  readonly state: LogState;
  readonly contents: string;
} {
  if (state !== null && contents !== null && isReadable) return { state, contents };
  const ofFile = findings.find(({ kind }) => kind === 'fileDamaged');
  throw new LossRefused(`${ofFile === undefined ? unreadable : sentenceOf(ofFile)} ${notToBeTrusted}`);
}

/** What is about signatures alone takes no ending away. */
async function openAfter({ findings }: LogAudit, store: EventStore): Promise<string | null> {
  const areSignaturesAlone = findings.every(({ kind }) => kind === 'otherKey' || kind === 'unsigned');
  return areSignaturesAlone ? null : openSessionsIn(store);
}

function toldOf({ findings }: LogAudit, openSessions: string | null): readonly string[] {
  return [...findings.map(sentenceOf), ...(openSessions === null ? [] : [openSessions])];
}

function lostElsewhere({ findings }: LogAudit, newest: CheckpointElsewhere | null): CheckpointElsewhere | null {
  return findings.some(isFromElsewhere) ? newest : null;
}

/** The same for the same findings in the same log. */
function codeOf({ findings, more, contents }: LogAudit): string {
  const text = JSON.stringify([findings.map(sentenceOf), more, contents]);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function howToAccept(code: string, given: string | undefined): readonly string[] {
  const wrong =
    given === undefined ? [] : [`The code ${given} is not the one of these findings. Nothing was accepted.`];
  return [
    ...wrong,
    `Restore a backup if you have one. To go on without what is missing: npm run accept-loss -- --findings ${code}`,
  ];
}
