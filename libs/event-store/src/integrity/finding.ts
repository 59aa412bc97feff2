import type { LogDamage, Revision, StreamName } from '../event-store';

/** Sentences that stand in a summary. */
const SHOWN_AT_MOST = 3;

/** Something about a log that is not as it was written. */
export type Finding =
  /** Its bytes, its hash or what stands beside them is not what was sealed there. */
  | { readonly kind: 'changed'; readonly stream: StreamName; readonly revision: Revision; readonly reason: string }
  /** `isWhole`: nothing is left of the stream. `isUnsure`: it may be among what cannot be read. */
  | {
      readonly kind: 'missing';
      readonly stream: StreamName;
      readonly from: Revision;
      readonly to: Revision;
      readonly isWhole: boolean;
      readonly isUnsure?: boolean;
    }
  | { readonly kind: 'inserted' | 'moved'; readonly stream: StreamName; readonly revision: Revision }
  /** Positions without an event. */
  | { readonly kind: 'gap'; readonly from: bigint; readonly to: bigint }
  /** Fewer events than were known: `known` of them, as a checkpoint says it. */
  | { readonly kind: 'short'; readonly found: number; readonly known: bigint; readonly source: Source }
  /** The log does not have the last event that the file of its head names; `end` is its own last one. */
  | { readonly kind: 'noHead'; readonly position: string; readonly end: string | null }
  /** The first `size` events are not those that were signed, and no list says which. */
  | { readonly kind: 'otherEvents'; readonly size: bigint; readonly source: Source }
  | { readonly kind: 'unsigned'; readonly revision: Revision }
  /** `isSites`: something beside the log says that `known` is the site's. */
  | { readonly kind: 'otherKey'; readonly key: string; readonly known: string; readonly isSites: boolean }
  /** The events can be read, but what holds them is damaged. */
  | { readonly kind: 'fileDamaged'; readonly reason: string }
  /** The events at these positions cannot be read, others can. */
  | { readonly kind: 'unreadable'; readonly from: bigint; readonly to: bigint; readonly reason: string }
  | { readonly kind: 'unreadableBehind'; readonly behind: string; readonly reason: string };

/** Where the log was known better: a checkpoint in the log itself, or the newest one in the second place. */
export interface Source {
  readonly place: 'log' | 'secondPlace';
  readonly signedAt: string | null;
}

/** One sentence for the operator; no personal data stands in it, and nothing that a terminal obeys. */
export function sentenceOf(finding: Finding): string {
  return printable(wordsOf(finding));
}

/**
 * What comes from a log, or from a file beside it, is whatever somebody has written there: no terminal obeys this, and nothing
 * in it is hidden, turns round or breaks a line.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

/** As a string of JavaScript has it. */
function escaped(character: string): string {
  const code = character.codePointAt(0)?.toString(16) ?? '';
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

function wordsOf(finding: Finding): string {
  switch (finding.kind) {
    case 'changed':
      return `Event ${finding.revision} of ${finding.stream} is not as it was sealed. ${finding.reason}`;
    case 'missing':
      return missing(finding);
    case 'inserted':
      return `Event ${finding.revision} of ${finding.stream} stands where none was written.`;
    case 'moved':
      return `Event ${finding.revision} of ${finding.stream} does not stand where it was written.`;
    case 'gap':
      return gap(finding);
    case 'short':
      return `The log has ${finding.found} events; it had at least ${finding.known} ${when(finding.source)}.`;
    case 'noHead':
      return noHead(finding);
    case 'otherEvents':
      return otherEvents(finding);
    case 'unsigned':
      return `Event ${finding.revision} of integrity, a checkpoint, does not have the signature that it claims.`;
    case 'otherKey':
      return otherKey(finding);
    case 'fileDamaged':
      return finding.reason;
    case 'unreadable':
      return `The ${events(finding)} cannot be read: ${finding.reason}.`;
    case 'unreadableBehind':
      return `The log cannot be read behind position ${finding.behind}: ${finding.reason}.`;
  }
}

/** What is kept of everything that was found. */
export interface Found {
  readonly findings: readonly Finding[];
  /** How many more there are. */
  readonly more: number;
}

/** The first few sentences, and how many more there are. */
export function summaryOf({ findings, more }: Found): string {
  const shown = findings.slice(0, SHOWN_AT_MOST).map(sentenceOf);
  const rest = findings.length - shown.length + more;
  return [...shown, ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' ');
}

/** The log is damaged, and this is the first thing wrong with it. */
export function damageAt(
  { stream, revision }: { readonly stream: StreamName; readonly revision: Revision },
  reason: string,
): LogDamage {
  const sentence = sentenceOf({ kind: 'changed', stream, revision, reason });
  return { status: 'damaged', place: { stream, revision, what: 'changed' }, reason: sentence };
}

/** The event before one that was read is not there. */
export function damageBefore({
  stream,
  revision,
}: {
  readonly stream: StreamName;
  readonly revision: Revision;
}): LogDamage {
  const [from, to] = [revision - 1n, revision - 1n];
  const reason = sentenceOf({ kind: 'missing', stream, from, to, isWhole: false });
  return { status: 'damaged', place: { stream, revision: from, what: 'missing' }, reason };
}

/** Nothing is at positions at which something was written; of which streams it was is not known yet. */
export function damageInGap(from: bigint, to: bigint): LogDamage {
  return { status: 'damaged', place: null, reason: sentenceOf({ kind: 'gap', from, to }) };
}

/** What an audit has found, as the state of the log; null when it has found nothing. */
export function damageOf(found: Found): LogDamage | null {
  const [first] = found.findings;
  if (first === undefined) return null;
  return { status: 'damaged', place: placeOf(first), reason: summaryOf(found) };
}

function placeOf(finding: Finding): LogDamage['place'] {
  if (!('stream' in finding)) return null;
  const { stream, kind: what } = finding;
  return { stream, revision: 'revision' in finding ? finding.revision : finding.from, what };
}

function missing({ stream, from, to, isWhole, isUnsure }: Extract<Finding, { kind: 'missing' }>): string {
  const orUnread = isUnsure ? ', or cannot be read' : '';
  if (isWhole) return `The whole stream ${stream} is missing${orUnread}, ${to - from + 1n} events.`;
  if (from === to) return `Event ${from} of ${stream} is missing${orUnread}.`;
  return `Events ${from} to ${to} of ${stream} are missing${orUnread}.`;
}

function events({ from, to }: Extract<Finding, { kind: 'unreadable' }>): string {
  return from === to ? `event at position ${from}` : `events at positions ${from} to ${to}`;
}

function otherKey({ key, known, isSites }: Extract<Finding, { kind: 'otherKey' }>): string {
  const rest = isSites ? `and not by ${known}, the key of the site` : `and one before it by ${known}`;
  return `A checkpoint is signed by the key ${key}, ${rest}.`;
}

function noHead({ position, end }: Extract<Finding, { kind: 'noHead' }>): string {
  if (end === position) return `The last event, at position ${position}, is not the one that was written there.`;
  return `The log ends at position ${end ?? '0'}, but the event at position ${position} had been written.`;
}

function gap({ from, to }: Extract<Finding, { kind: 'gap' }>): string {
  if (from === to) return `Position ${from} is empty: the event there is missing.`;
  return `Positions ${from} to ${to} are empty: the events there are missing.`;
}

function otherEvents({ size, source }: Extract<Finding, { kind: 'otherEvents' }>): string {
  if (source.place === 'log') return `The first ${size} events are not those that were signed ${when(source)}.`;
  const at = source.signedAt === null ? '' : `, signed on ${source.signedAt},`;
  return `The second place knows a checkpoint of ${size} events${at} that is not one of this log.`;
}

function when({ place, signedAt }: Source): string {
  const at = signedAt === null ? '' : ` on ${signedAt}`;
  return place === 'log' ? `in the checkpoint signed${at}` : `in the checkpoint of the second place, signed${at}`;
}
