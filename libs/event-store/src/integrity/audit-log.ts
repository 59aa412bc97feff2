import type { ListOfEvents } from '@deskside/domain';
import { LogUnavailable } from '../event-store';
import type { EventLogReader, Position, RecordedEvent, Revision } from '../event-store';
import { isAcceptance } from './accepted-loss';
import { INTEGRITY_STREAM } from './checkpoint';
import { decodeList, markOf } from './event-list';
import type { ListedEvent } from './event-list';
import { LogAudit } from './log-audit';
import type { AuditKnowledge } from './log-audit';
import { OrderCheck } from './order-check';
import { readSignedState } from './signed-state';
import type { SignedState } from './signed-state';
import type { UnreadablePositions } from './unreadable-positions';

const PAGE = 1000;
const STATES_AT_ONCE = 100;

type Reader = Pick<EventLogReader, 'readAll' | 'readStream' | 'head' | 'comparePositions'>;

export interface AuditOptions extends AuditKnowledge {
  /** Events read at once; 1,000 when absent. */
  readonly pageSize?: number;
  readonly onProgress?: (events: number) => void;
  /** Waited for between two pages, by whoever has other work to do; a rejection ends the audit with it. */
  readonly pause?: () => Promise<void>;
  /** Told of the first thing found, long before the end. */
  readonly onFirstFinding?: (audit: LogAudit) => void;
  /** Opened when a part of the log cannot be read; absent: the audit ends there. */
  readonly whatIsLeft?: () => Promise<WhatIsLeft>;
}

/** Reads a log past what cannot be read of it. */
export interface WhatIsLeft {
  readonly reader: Reader & Pick<EventLogReader, 'close'>;
  /** Why the event at a position could not be read; grows while others are read. */
  readonly unreadable: UnreadablePositions;
}

/** Reads the whole log as it stands at the beginning, and says what is not as it was written. */
export async function auditLog(reader: Reader, options: AuditOptions): Promise<LogAudit> {
  const audit = await auditReadable(reader, options);
  if (audit.isReadable || options.whatIsLeft === undefined) return audit;
  const { reader: left, unreadable } = await options.whatIsLeft();
  try {
    return await auditReadable(left, { ...options, unreadable });
  } finally {
    await left.close();
  }
}

/** Once more when it comes upon an event that accepts a loss and does not stand where it was written. */
async function auditReadable(reader: Reader, options: AuditOptions): Promise<LogAudit> {
  const audit = await auditOnce(reader, options, new Set());
  return audit.misplaced.size === 0 ? audit : auditOnce(reader, options, audit.misplaced);
}

/** @param misplaced events that are not taken for losses that were accepted */
async function auditOnce(reader: Reader, options: AuditOptions, misplaced: ReadonlySet<Revision>): Promise<LogAudit> {
  const audit = new LogAudit(options);
  try {
    const log = new FixedLog(reader, options, await readable(reader.head()));
    await readThrough(log, audit, { ...options, misplaced });
    audit.end();
    if (!audit.isOrderTrue) await nameWhatIsOtherwise(log, audit);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    audit.unreadableBehind(error.message);
  }
  return audit;
}

interface ReadOptions extends AuditOptions {
  readonly misplaced: ReadonlySet<Revision>;
}

async function readThrough(log: FixedLog, audit: LogAudit, options: ReadOptions): Promise<void> {
  const { onProgress, onFirstFinding, misplaced } = options;
  const losses = await acceptedLosses(log, misplaced);
  audit.sumUpTo(Math.max(0, ...losses.map(({ checkpoint }) => Number(checkpoint.size))));
  const states = expectedStates(log, losses);
  for await (const events of log.pages(null)) {
    const before = audit.findings.length;
    await expectUpTo(audit, states, audit.events + events.length);
    audit.take(events);
    onProgress?.(audit.events);
    if (before === 0 && audit.findings.length > 0) onFirstFinding?.(audit);
  }
  await expectUpTo(audit, states, Infinity);
}

/** A part of the log that cannot be read ends the reading, not the audit. */
class Unreadable extends Error {}

/** A log up to an event: others may go on writing behind it. */
class FixedLog {
  readonly #reader: Reader;
  readonly #pageSize: number;
  readonly #pause: AuditOptions['pause'];
  readonly #end: Position | null;

  constructor(reader: Reader, { pageSize = PAGE, pause }: AuditOptions, end: Position | null) {
    this.#reader = reader;
    this.#pageSize = pageSize;
    this.#pause = pause;
    this.#end = end;
  }

  async *pages(from: Position | null): AsyncGenerator<readonly RecordedEvent[], void> {
    for (let after = from; ;) {
      const page = await readable(this.#reader.readAll({ after, maxCount: this.#pageSize }));
      const events = page.events.filter((event) => this.#isWithin(event));
      if (events.length === 0) return;
      yield events;
      await this.#pause?.();
      after = page.position;
    }
  }

  async *states(): AsyncGenerator<SignedState, void> {
    for (let from = 0n; ;) {
      const options = { from, maxCount: STATES_AT_ONCE };
      const events = await readable(this.#reader.readStream(INTEGRITY_STREAM, options));
      for (const event of events.filter((each) => this.#isWithin(each))) {
        const state = readSignedState(event);
        if (state !== null) yield state;
      }
      const last = events.at(-1);
      if (last === undefined) return;
      await this.#pause?.();
      from = last.revision + 1n;
    }
  }

  #isWithin({ position }: RecordedEvent): boolean {
    return this.#end !== null && this.#reader.comparePositions(position, this.#end) <= 0;
  }
}

async function readable<Result>(reading: Promise<Result>): Promise<Result> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof LogUnavailable) throw error; // it cannot be asked just now, which says nothing of it
    throw new Unreadable(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

interface ExpectedState {
  readonly state: SignedState;
  /** The log became shorter than this before an operator accepted that. */
  readonly isOvertaken: boolean;
}

async function acceptedLosses(log: FixedLog, misplaced: ReadonlySet<Revision>): Promise<readonly SignedState[]> {
  const losses: SignedState[] = [];
  for await (const state of log.states()) if (isAcceptance(state) && !misplaced.has(state.revision)) losses.push(state);
  return losses;
}

/** Sizes rise, apart from the overtaken ones. */
async function* expectedStates(log: FixedLog, losses: readonly SignedState[]): AsyncGenerator<ExpectedState, void> {
  for await (const state of log.states()) {
    yield { state, isOvertaken: state.isSigned && losses.some((loss) => isShorterAfter(loss, state)) };
  }
}

function isShorterAfter(loss: SignedState, state: SignedState): boolean {
  return loss.revision > state.revision && BigInt(loss.checkpoint.size) < BigInt(state.checkpoint.size);
}

/** Gives the audit the signed states up to this size and one beyond. */
async function expectUpTo(audit: LogAudit, states: AsyncGenerator<ExpectedState, void>, size: number): Promise<void> {
  while (audit.expectedUpTo <= size) {
    const { value, done } = await states.next();
    if (done === true) return;
    if (value.isOvertaken) audit.giveUp(value.state);
    else audit.expect(value.state);
  }
}

/** From the last state that is true, what the lists of the checkpoints behind it say against what stands there. */
async function nameWhatIsOtherwise(log: FixedLog, audit: LogAudit): Promise<void> {
  const { position, state } = audit.lastTrue;
  const check = new OrderCheck();
  const pages = log.pages(position as Position | null);
  for await (const { revision, list } of log.states()) {
    if (state !== null && revision <= state.revision) continue;
    addList(check, list);
    await meet(check, pages, ({ met, listed }) => met < listed);
  }
  check.endLists();
  if (check.counts.listed === 0) return;
  await meet(check, pages, ({ isWaiting }) => isWaiting);
  const { findings, more, isAll } = check.result();
  audit.name({ findings, more }, isAll ? check.listedUpTo : new Map());
}

/** Reads on side by side with what was signed: neither of the two may have to be kept. */
async function meet(
  check: OrderCheck,
  pages: AsyncGenerator<readonly RecordedEvent[], void>,
  goesOn: (counts: OrderCheck['counts']) => boolean,
): Promise<void> {
  while (goesOn(check.counts)) {
    const { value, done } = await pages.next();
    if (done === true) return;
    for (const { stream, revision, hash } of value) check.meet({ stream, revision, mark: markOf(hash) });
  }
}

function addList(check: OrderCheck, list: ListOfEvents | null): void {
  const events = list === null ? null : listed(list);
  if (events === null) check.lack();
  for (const event of events ?? []) check.list(event);
}

/** Null when it is no list: the signature is over the state of the log alone, and the hash of the event over both. */
function listed(list: ListOfEvents): readonly ListedEvent[] | null {
  try {
    return decodeList(list);
  } catch {
    return null;
  }
}
