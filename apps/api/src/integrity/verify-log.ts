import { existsSync, statSync } from 'node:fs';
import { printable, sentenceOf } from '@deskside/event-store';
import type { EventLogReader, Finding, LogAudit, SignedState } from '@deskside/event-store';
import { openKurrentLogReader, readLogAddress } from '@deskside/event-store/kurrentdb';
import { headFileOf, missingIndexesOf, openSqliteLogReader } from '@deskside/event-store/sqlite';
import { aboutFile } from '../backup/backup-folder';
import { siteStream } from '../command-path/derived-id';
import { dataFiles } from '../files/data-files';
import type { Settings } from '../settings/settings';
import { siteIdIn, unreadableSite } from '../site/site';
import { audited, findHead, isFromElsewhere } from './audited-log';
import type { AuditedLog, FoundHead } from './audited-log';
import { elsewhereOf } from './known-elsewhere';

export interface Verdict {
  readonly isWhole: boolean;
  /** What was found, a sentence a line. */
  readonly lines: readonly string[];
}

/**
 * Reads the whole log in a data folder, a copy, a backup, or on a server, and says whether it is what was written. Changes
 * nothing, and needs no keys. @throws LogUnusable or LogUnavailable with a sentence for the operator
 */
export async function verifyLog(
  settings: Settings,
  from: string,
  onProgress: (events: number) => void,
): Promise<Verdict> {
  const { headStatus, ...log } = await openFrom(from);
  try {
    const elsewhere = await elsewhereOf(settings, await siteOf(log.reader));
    const audit = await audited({ ...log, elsewhere: elsewhere.newest }, { onProgress });
    const comparison = [...indexLines(log), ...headLines[headStatus], elsewhere.sentence];
    return verdictOn(audit, comparison, isBackup(from) ? isOlder : () => false);
  } finally {
    await log.reader.close();
  }
}

interface Opened extends Omit<AuditedLog, 'elsewhere'> {
  readonly headStatus: FoundHead['status'] | 'onServer';
}

async function openFrom(from: string): Promise<Opened> {
  if (readLogAddress(from) !== null) {
    const reader = await openKurrentLogReader({ connectionString: from });
    return { reader, file: null, head: null, headStatus: 'onServer' };
  }
  const file = statSync(from, { throwIfNoEntry: false })?.isDirectory() ? dataFiles(from).log : from;
  if (!existsSync(file)) throw new Error(`There is no log at ${file}.`);
  // Where a server may be writing, its own files are there already.
  const options = { file, isStill: !existsSync(`${file}-wal`) };
  const { status: headStatus, head } = findHead(headFileOf(file));
  return { reader: await openSqliteLogReader(options), file: options, head, headStatus };
}

async function siteOf(reader: EventLogReader): Promise<string | null> {
  // A log in which that cannot be read is not whole whatever its site is, and the audit says why.
  const [first] = await reader.readStream(siteStream, { maxCount: 1 }).catch(() => []);
  const siteId = first === undefined ? unreadableSite : siteIdIn(first);
  return siteId === unreadableSite ? null : siteId;
}

const noIndexesMissing = { names: [], canBeMade: true };

/** Its events can be whole all the same. */
function indexLines({ file }: Pick<Opened, 'file'>): readonly string[] {
  const { names, canBeMade } = file === null ? noIndexesMissing : missingIndexesOf(file);
  if (names.length === 0) return [];
  const missing = `Its file lacks ${names.length === 1 ? 'the index' : 'the indexes'} ${names.join(' and ')}`;
  return [canBeMade ? `${missing}: the next start of a server makes what is missing anew.` : `${missing}.`];
}

const onlyElsewhere = 'that its end was cut off would show only against the second place.';

/** What could not be compared, and why. */
const headLines: Readonly<Record<Opened['headStatus'], readonly string[]>> = {
  named: [],
  missing: [`Nothing beside it names its last event (log.db-head): ${onlyElsewhere}`],
  damaged: [`The file beside it that names its last event (log.db-head) is damaged: ${onlyElsewhere}`],
  onServer: [`Each server that writes it notes its last event, which is not known here: ${onlyElsewhere}`],
};

/** What is in a backup of an earlier day is no more than that: it has a head of its own, which says where it ended. */
function isBackup(from: string): boolean {
  return readLogAddress(from) === null && existsSync(aboutFile(from));
}

function isOlder(finding: Finding): boolean {
  return finding.kind === 'short' && isFromElsewhere(finding);
}

/** @param isExpected of a finding that is told and counts for nothing */
function verdictOn(audit: LogAudit, comparison: readonly string[], isExpected: (finding: Finding) => boolean): Verdict {
  const { findings, more } = audit;
  const count = findings.filter((finding) => !isExpected(finding)).length + more;
  const lines = [
    sizeSentence(audit),
    ...checkpointLines(audit),
    ...comparison,
    ...audit.statements.map(statementSentence),
    ...findings.map((finding) =>
      isExpected(finding) ? `${sentenceOf(finding)} This backup was made before that.` : sentenceOf(finding),
    ),
    ...(more > 0 ? [`And ${number(more)} more.`] : []),
    count === 0 ? wholeSentence(audit) : `The log is NOT whole: ${counted(count, 'finding')}.`,
  ];
  return { isWhole: count === 0, lines: lines.map(printable) };
}

function sizeSentence({ events, streams, unreadable, isReadable }: LogAudit): string {
  const what = `${counted(events, 'event')} in ${counted(streams, 'stream')}`;
  if (isReadable) return `${what}.`;
  return unreadable === 0 ? `${what} could be read.` : `${what} could be read, ${number(unreadable)} could not.`;
}

function wholeSentence({ statements }: LogAudit): string {
  const isSomethingAccepted = statements.some(({ kind }) => kind === 'lossAccepted');
  return isSomethingAccepted ? 'The log is whole, apart from what an operator has accepted.' : 'The log is whole.';
}

function checkpointLines({ lastTrue: { state, size }, events, isSigned, isReadable }: LogAudit): readonly string[] {
  if (state === null && !isReadable) return ['No checkpoint could be compared: a part of the log cannot be read.'];
  if (state === null && isSigned) return ['None of the checkpoints in the log is true.'];
  if (state === null) return ['The log has no checkpoint: only the chains of the streams were checked.'];
  // The event that holds the checkpoint stands behind it.
  const behind = events - size - 1;
  const last = `The checkpoint of ${counted(size, 'event')}, signed on ${state.at} by the key ${state.checkpoint.key}, is true.`;
  return behind === 0
    ? [last]
    : [last, `Not covered by it yet, only by the chains of their streams: ${counted(behind, 'event')}.`];
}

function statementSentence({ kind, at, newer, losses, findings }: SignedState): string {
  const what = kind === 'restored' ? 'It was put back from a backup' : 'An operator accepted a loss';
  const before = newer === null ? '' : `; before that it had at least ${counted(Number(newer.size), 'event')}`;
  const key = findings.some((found) => found.kind === 'otherKey') ? [whoseKey] : [];
  return [`${what} on ${at}${before}.`, ...losses, ...key].join(' ');
}

const whoseKey = 'Whose key it is that signs since then, only a start of the server and the second place can tell.';

function counted(count: number, what: string): string {
  return `${number(count)} ${what}${count === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
