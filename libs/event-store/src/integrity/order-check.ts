import type { Revision, StreamName } from '../event-store';
import type { ListedEvent } from './event-list';
import type { Finding, Found } from './finding';
import { Findings } from './findings';
import type { RevisionRange } from './revision-ranges';
import { RowsOfEvents } from './rows-of-events';
import { WaitingEvents } from './waiting-events';
import type { Waiting } from './waiting-events';

/** How far from where it was written an event may stand for all to be known of it. */
const MOST_WAITING = 100_000;

export interface OrderFound extends Found {
  /** False when more were moved than can be told. */
  readonly isAll: boolean;
}

/**
 * What became of events that checkpoints list: as they were signed, against those that stand in the log now. Both are given
 * side by side, and no more of them is kept than what does not fit.
 */
export class OrderCheck {
  readonly #listed: WaitingEvents;
  readonly #met: WaitingEvents;
  readonly #rows = new RowsOfEvents();
  readonly #changed = new Findings();
  readonly #movedFar = new Findings();
  readonly #left = new Set<StreamName>();
  readonly #listedUpTo = new Map<StreamName, Revision>();
  readonly #inserted = new Findings();
  /** Met since the lists were over: newer ones, unless one that is listed comes behind them. */
  #newer = new Findings();
  #isGapless = true;
  #areListsOver = false;
  #listedCount = 0;
  #metCount = 0;
  /** Where the last event stands that is listed: of those behind it nothing is known. */
  #end = 0;

  constructor(mostWaiting = MOST_WAITING) {
    this.#listed = new WaitingEvents(mostWaiting);
    this.#met = new WaitingEvents(mostWaiting);
  }

  /** How many were listed, how many were met, and whether one that was signed has not been met. */
  get counts(): { readonly listed: number; readonly met: number; readonly isWaiting: boolean } {
    return { listed: this.#listedCount, met: this.#metCount, isWaiting: !this.#listed.isEmpty };
  }

  /** The last revision of each stream that is listed; empty when not all are. */
  get listedUpTo(): ReadonlyMap<StreamName, Revision> {
    return this.#isGapless ? this.#listedUpTo : new Map();
  }

  /** A list of signed events is not there: any other one may be one of them. */
  lack(): void {
    this.#isGapless = false;
  }

  /** The next one that was signed. */
  list(event: ListedEvent): void {
    if (!this.#isNews(event)) return;
    const listed = { ...event, at: this.#listedCount++ };
    const met = this.#met.take(event);
    if (met === undefined) this.#listed.add(listed);
    else if (met === 'older') this.#foundFar(event);
    else this.#found(met, met.at, listed);
  }

  /** The next one that stands in the log. */
  meet(event: ListedEvent): void {
    const at = this.#metCount++;
    const listed = this.#listed.take(event);
    if (listed === undefined) return this.#meetUnlisted({ ...event, at });
    this.#inserted.addAll(this.#newer);
    this.#newer = new Findings();
    if (listed === 'older') this.#foundFar(event);
    else this.#found(event, at, listed);
  }

  /** Nothing more was signed. */
  endLists(): void {
    this.#areListsOver = true;
  }

  /** When all of both were given. */
  result(): OrderFound {
    const moved = this.#rows.moved();
    const missing = new Findings();
    for (const range of this.#listed.left()) missing.add(this.#missing(range));
    for (const range of this.#met.left(this.#end)) addEach(this.#inserted, range);
    const kept = [missing, this.#changed, ...(this.#isGapless ? [this.#inserted] : []), this.#movedFar];
    const findings = [...kept.flatMap((each) => each.findings), ...(moved?.events ?? []).map(movedFinding)];
    const more = kept.reduce((sum, each) => sum + each.more, moved?.more ?? 0);
    return { findings, more, isAll: moved !== null };
  }

  /** Of two checkpoints that list the same one, the later counts, unless it was met already. */
  #isNews(event: ListedEvent): boolean {
    const { stream, revision } = event;
    const last = this.#listedUpTo.get(stream) ?? -1n;
    if (revision <= last) return this.#listed.take(event) !== undefined;
    this.#listedUpTo.set(stream, revision);
    return true;
  }

  #meetUnlisted(event: Waiting): void {
    const { stream, revision } = event;
    if (this.#areListsOver) this.#newer.add({ kind: 'inserted', stream, revision });
    else this.#met.add(event);
  }

  #found(event: ListedEvent, at: number, listed: { readonly at: number; readonly mark: string }): void {
    const { stream, revision, mark } = event;
    this.#left.add(stream);
    this.#end = Math.max(this.#end, at);
    if (mark !== listed.mark)
      this.#changed.add({ kind: 'changed', stream, revision, reason: 'Its hash is not the one that was signed.' });
    this.#rows.add(event, at, listed.at);
  }

  #foundFar(event: ListedEvent): void {
    this.#left.add(event.stream);
    this.#movedFar.add(movedFinding(event));
  }

  #missing({ stream, from, to }: RevisionRange): Finding {
    return { kind: 'missing', stream, from, to, isWhole: from === 0n && !this.#left.has(stream) };
  }
}

function movedFinding({ stream, revision }: ListedEvent): Finding {
  return { kind: 'moved', stream, revision };
}

function addEach(inserted: Findings, { stream, from, to }: RevisionRange): void {
  for (let revision = from; revision <= to; revision++) inserted.add({ kind: 'inserted', stream, revision });
}
