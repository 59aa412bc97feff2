import type { RecordedEvent, Revision, StreamName } from '../event-store';
import { contradictedField, GENESIS_HASH, verifyLink } from '../seal';
import { INTEGRITY_STREAM, stateOf } from './checkpoint';
import type { LogState } from './checkpoint';
import { ContentsHash } from './contents-hash';
import type { Finding, Found } from './finding';
import { Findings } from './findings';
import { MerkleTree } from './merkle-tree';
import { isFromLog, SignedComparison } from './signed-comparison';
import type { SignedElsewhere } from './signed-comparison';
import { readSignedState } from './signed-state';
import type { SignedState } from './signed-state';
import { UnreadablePositions } from './unreadable-positions';

export interface KnownHead {
  readonly position: string;
  readonly hash: Uint8Array;
}

/** What is known of the log beside the log. */
export interface AuditKnowledge extends SignedElsewhere {
  /** Positions are whole numbers that rise by one. */
  readonly hasRowPositions: boolean;
  /** From the file of the head; null where there is none. */
  readonly head: KnownHead | null;
  /** Absent or false: what stands in the log is summed up only as far as an operator has accepted it. */
  readonly withContents?: boolean;
  /** Why the event at a position cannot be read; known of all up to an event when it is taken. */
  readonly unreadable?: UnreadablePositions;
}

interface Link {
  readonly revision: Revision;
  readonly hash: Uint8Array;
}

/** The last state of the log that was signed and is true; the log is whole up to there, or its loss was accepted. */
export interface TrueState {
  readonly size: number;
  readonly position: string | null;
  readonly state: SignedState | null;
}

/**
 * Looks at every event of a log once, in `$all` order: its bytes against its hash, its hash against its stream's event
 * before, what stands beside the bytes against the bytes, and the whole against each state that was signed.
 */
export class LogAudit {
  readonly #known: AuditKnowledge;
  readonly #unreadable: UnreadablePositions;
  readonly #tree = new MerkleTree();
  readonly #contents = new ContentsHash();
  readonly #links = new Map<StreamName, Link>();
  readonly #signed: SignedComparison;
  readonly #found = new Findings();
  readonly #statements: SignedState[] = [];
  #lastTrue: TrueState = { size: 0, position: null, state: null };
  #isOrderTrue = true;
  #isSigned = false;
  #isHoled = false;
  #summedUpTo = 0;
  readonly #misplaced = new Set<Revision>();
  #isReadable = true;
  #position = 0n;
  #end: Pick<RecordedEvent, 'position' | 'hash'> | null = null;
  #isHeadSeen: boolean;

  constructor(known: AuditKnowledge) {
    this.#known = known;
    this.#unreadable = known.unreadable ?? new UnreadablePositions();
    this.#isHeadSeen = known.head === null;
    this.#signed = new SignedComparison(known, {
      find: (finding) => this.#find(finding),
      doubt: (finding) => this.#doubt(finding),
      confirm: (state) => this.#confirm(state),
      accept: (state) => this.#accept(state),
    });
  }

  get events(): number {
    return this.#tree.size;
  }

  get streams(): number {
    return this.#links.size;
  }

  /** False when a part of it cannot be read, or what holds it is damaged. */
  get isReadable(): boolean {
    return this.#isReadable && this.#unreadable.size === 0;
  }

  /** Events that cannot be read, where others behind them can. */
  get unreadable(): number {
    return this.#unreadable.size;
  }

  /** The log as it is, to be signed; null when it is empty. */
  get state(): LogState | null {
    return this.#end === null ? null : stateOf(this.#tree, this.#end);
  }

  /** Revisions of events that accept a loss and stand elsewhere than right behind what they accept, where they were written. */
  get misplaced(): ReadonlySet<Revision> {
    return this.#misplaced;
  }

  /** What stands in it, to be accepted; null without `withContents`. */
  get contents(): string | null {
    return this.#known.withContents === true ? this.#contents.value : null;
  }

  /** When it was restored, and when a loss was accepted. */
  get statements(): readonly SignedState[] {
    return this.#statements;
  }

  /** Whether a checkpoint stands in it, be it true or not. */
  get isSigned(): boolean {
    return this.#isSigned;
  }

  /** What nobody has accepted. */
  get findings(): readonly Finding[] {
    return this.#found.findings;
  }

  /** How many there are that `findings` has no room for. */
  get more(): number {
    return this.#found.more;
  }

  get lastTrue(): TrueState {
    return this.#lastTrue;
  }

  /** False once events are missing, moved or inserted, so that the lists of the checkpoints have more to say. */
  get isOrderTrue(): boolean {
    return this.#isOrderTrue;
  }

  /** The largest size that a state has which was given and is not reached; 0 when there is none. */
  get expectedUpTo(): number {
    return this.#signed.expectedUpTo;
  }

  /** The next state of the stream `integrity`, before the log comes to the size that it names. */
  expect(state: SignedState): void {
    this.#isSigned = true;
    if (!state.isSigned) return this.#find({ kind: 'unsigned', revision: state.revision });
    if (state.kind !== 'signed') this.#statements.push(state);
    this.#signed.expect(state);
  }

  /** A state that cannot come true any more: the log had become shorter, and an operator has accepted that later. */
  giveUp(state: SignedState): void {
    this.#isSigned = true;
    this.#signed.giveUp(state);
  }

  /** The losses that operators accepted say what stood there up to this size. */
  sumUpTo(size: number): void {
    this.#summedUpTo = size;
  }

  take(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      this.#look(event);
      this.#lookAtPlace(event);
      if (this.#known.withContents === true || this.#tree.size < this.#summedUpTo) this.#contents.add(event);
      this.#tree.add(event.hash);
      this.#end = event;
      // Behind what cannot be read nothing is known of how the whole log was.
      if (!this.#isHoled) this.#signed.reach(this.#tree);
    }
  }

  /** The log is at its end: what was signed and not reached is missing. */
  end(): void {
    if (this.#unreadable.size === 0) this.#signed.end(this.#tree.size);
    for (const { from, to, why } of this.#unreadable.ranges) this.#doubt({ kind: 'unreadable', from, to, reason: why });
    this.#lookForHead();
    this.#found.sort();
  }

  /**
   * What the lists of the checkpoints say stands before what follows from it, and instead of what the order of the events
   * seemed to say: one that was moved is neither missing nor inserted.
   * @param listedUpTo the last revision of each stream that the lists know; empty when they do not know all
   */
  name({ findings: named, more }: Found, listedUpTo: ReadonlyMap<StreamName, Revision>): void {
    this.#found.name({ findings: named.map((finding) => this.#sure(finding)), more }, listedUpTo);
  }

  /** What holds the events is damaged, as somebody found who looks at it apart from them. */
  fileDamaged(reason: string): void {
    this.#isReadable = false;
    this.#find({ kind: 'fileDamaged', reason });
  }

  unreadableBehind(reason: string): void {
    this.#isReadable = false;
    this.#doubt({ kind: 'unreadableBehind', behind: String(this.#position), reason });
  }

  #look(event: RecordedEvent): void {
    if (this.#known.hasRowPositions) this.#lookAtPosition(BigInt(event.position));
    const { head } = this.#known;
    if (head?.position === event.position) this.#isHeadSeen = Buffer.compare(head.hash, event.hash) === 0;
    const { stream, revision, hash } = event;
    const link = this.#links.get(stream);
    const reason = this.#follows(event, link) ? faultOf(event, link?.hash ?? GENESIS_HASH) : undefined;
    if (reason !== undefined) this.#find({ kind: 'changed', stream, revision, reason });
    this.#links.set(stream, { revision, hash });
  }

  /** Signed or not, one that was copied to another place would excuse whatever stands behind what it accepts. */
  #lookAtPlace(event: RecordedEvent): void {
    if (event.stream !== INTEGRITY_STREAM) return;
    const state = readSignedState(event);
    if (state?.kind === 'lossAccepted' && Number(state.checkpoint.size) < this.#tree.size)
      this.#misplaced.add(event.revision);
  }

  #lookAtPosition(position: bigint): void {
    if (position !== this.#position + 1n) this.#lookAtHoles(position);
    this.#position = position;
  }

  #lookAtHoles(position: bigint): void {
    for (const { from, to, isUnreadable } of this.#unreadable.holesBetween(this.#position, position)) {
      if (isUnreadable) this.#isHoled = true;
      else this.#doubt({ kind: 'gap', from, to });
    }
  }

  #lookForHead(): void {
    const { head } = this.#known;
    if (head === null || this.#isHeadSeen || this.#isUnreadable(head)) return;
    this.#doubt({ kind: 'noHead', position: head.position, end: this.#end?.position ?? null });
  }

  #isUnreadable({ position }: KnownHead): boolean {
    return this.#known.hasRowPositions && this.#unreadable.has(BigInt(position));
  }

  /** What is missing may only be among what cannot be read. */
  #sure(finding: Finding): Finding {
    return finding.kind === 'missing' && this.#unreadable.size > 0 ? { ...finding, isUnsure: true } : finding;
  }

  /** Whether it is the next one of its stream: only then its link can be looked at. */
  #follows({ stream, revision }: RecordedEvent, link: Link | undefined): boolean {
    const next = (link?.revision ?? -1n) + 1n;
    if (revision === next) return true;
    const missing = { kind: 'missing', stream, from: next, to: revision - 1n, isWhole: false } as const;
    if (revision > next) this.#doubt(this.#sure(missing));
    else this.#doubt({ kind: 'inserted', stream, revision });
    return false;
  }

  #confirm(state: SignedState): void {
    if (this.#isOrderTrue) this.#lastTrue = { size: this.#tree.size, position: this.#end?.position ?? null, state };
  }

  /** What was found up to here is what an operator has read, as long as nothing else stands there now. */
  #accept({ contents, findings }: SignedState): boolean {
    if (contents !== this.#contents.value) return false;
    this.#found.clear();
    this.#isOrderTrue = true;
    const { head } = this.#known;
    // The file of the head is written behind the event that accepts: whoever was killed in between has the one from before.
    if (findings.some((found) => found.kind === 'noHead' && found.position === head?.position)) this.#isHeadSeen = true;
    return true;
  }

  /** Something is missing, moved or inserted. */
  #doubt(finding: Finding): void {
    // Behind the first state that is not true, none is.
    const isKnown = isFromLog(finding) && this.findings.some(isFromLog);
    this.#isOrderTrue = false;
    if (!isKnown) this.#find(finding);
  }

  #find(finding: Finding): void {
    this.#found.add(finding);
  }
}

/** Why an event is not what was sealed behind the event of this hash; undefined when it is. */
export function faultOf(
  event: Pick<RecordedEvent, 'body' | 'hash' | 'revision'> & {
    readonly stream: string;
    readonly type: string;
    readonly id: string;
  },
  previous: Uint8Array,
): string | undefined {
  if (!verifyLink(previous, event)) return 'Its hash does not fit its bytes and the event before it.';
  const field = contradictedField(event);
  return field === undefined ? undefined : `Its ${field} is not the one in its sealed bytes.`;
}
