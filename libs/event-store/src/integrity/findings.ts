import type { Revision, StreamName } from '../event-store';
import type { Finding, Found } from './finding';
import { isFromLog } from './signed-comparison';

/** Findings that are kept; of the others only their number. */
const MOST_FINDINGS = 1000;

/** What was found, as far as there is room for it. */
export class Findings implements Found {
  #kept: Finding[] = [];
  #more = 0;

  get findings(): readonly Finding[] {
    return this.#kept;
  }

  get more(): number {
    return this.#more;
  }

  add(finding: Finding): void {
    if (this.#kept.length < MOST_FINDINGS) {
      this.#kept.push(finding);
      return;
    }
    this.#more += 1;
    const at = needsRoom(finding) ? this.#kept.findLastIndex((kept) => !needsRoom(kept)) : -1;
    if (at >= 0) this.#kept[at] = finding;
  }

  addAll({ findings, more }: Found): void {
    for (const finding of findings) this.add(finding);
    this.#more += more;
  }

  clear(): void {
    this.#kept = [];
    this.#more = 0;
  }

  /** What says most comes first. */
  sort(): void {
    this.#kept.sort((a, b) => weightOf(b) - weightOf(a));
  }

  /**
   * Puts what the lists of the checkpoints say before what follows from it, and in the place of what the order of the events
   * seemed to say: one that was moved is neither missing nor inserted.
   */
  name({ findings: named, more }: Found, listedUpTo: ReadonlyMap<StreamName, Revision>): void {
    const known = new Set(named.map(nameOf));
    const own = this.#kept.map((finding) => behindLists(finding, listedUpTo)).filter((finding) => finding !== null);
    const rest = own.filter((finding) => !known.has(nameOf(finding)));
    const isNamed = named.length > 0;
    const found = [...named, ...rest.filter((finding) => !(isNamed && isFromLog(finding)))];
    this.#kept = mostNeeded(found, MOST_FINDINGS);
    this.sort();
    this.#more += more + found.length - this.#kept.length;
  }
}

/** So many of them, and before all others those that whoever accepts a loss is asked for later. */
export function mostNeeded(findings: readonly Finding[], most: number): Finding[] {
  const needed = findings.filter(needsRoom);
  return [...needed, ...findings.filter((finding) => !needsRoom(finding))].slice(0, most);
}

/** Which key another one has taken over from, and which event the file of the head names: nothing else says that. */
function needsRoom({ kind }: Finding): boolean {
  return kind === 'otherKey' || kind === 'noHead';
}

/** What cannot be read comes first, since all else may follow from it; then what names an event, and says more than the rest. */
function weightOf(finding: Finding): number {
  if (finding.kind === 'unreadable') return 2;
  return 'stream' in finding ? 1 : 0;
}

/** What is left of a finding when the lists have spoken; null when nothing is. */
function behindLists(finding: Finding, listedUpTo: ReadonlyMap<StreamName, Revision>): Finding | null {
  if (!('stream' in finding)) return finding;
  const last = listedUpTo.get(finding.stream) ?? -1n;
  if (finding.kind === 'missing') {
    if (finding.to <= last) return null;
    return finding.from > last ? finding : { ...finding, from: last + 1n };
  }
  return finding.kind === 'inserted' && finding.revision <= last ? null : finding;
}

function nameOf(finding: Finding): string {
  if (finding.kind === 'missing') return `missing ${finding.stream} ${finding.from} ${finding.to}`;
  if ('stream' in finding) return `${finding.kind} ${finding.stream} ${finding.revision}`;
  return finding.kind;
}
