import type {
  AppendResult,
  ExpectedRevision,
  LogDamage,
  LogIntegrity,
  LogTrouble,
  RecordedEvent,
  SealedEvent,
  StreamName,
} from '../event-store';
import type { FileIdentity } from '@deskside/sqlite';
import { KnownIntegrity } from './known-integrity';
import { LogUnusable } from './log-schema';
import { PendingAppends } from './pending-appends';
import type { FromWriter, GroupAnswer, ToWriter, WriterSettings } from './writer-messages';
import { WriterRestarts } from './writer-restarts';
import { openWriter, startWriter } from './writer-thread';
import type { OpenWriter, StartWriter } from './writer-thread';

/** Appends after which a message leaves before the end of the tick, so that sealing and writing overlap. */
const SEND_AT = 16;

/** What the store does with what the writer tells. */
export interface WriterEvents {
  /** Durable events, in order; `last` is the position of the last of them. */
  committed(events: readonly RecordedEvent[], last: bigint): void;
  /** Another thread writes now. Up to `head` there may be events of its predecessor that nobody was told of. */
  reopened(head: bigint): void;
  /** For the operator. */
  incident(incident: LogIncident): void;
}

export type LogIncident =
  | {
      readonly kind: 'writerLost' | 'writerGivenUp' | 'logHindered' | 'logNotVerified' | 'damagedFile';
      readonly reason: string;
    }
  /** Once, whoever finds it and however often; `logDamageFound` each time that more is known of it. */
  | { readonly kind: 'logDamaged' | 'logDamageFound'; readonly reason: string }
  | { readonly kind: 'writerRestarted' | 'logFree' };

interface Refusal {
  readonly ok: false;
  readonly code: 'LOG_READ_ONLY' | 'LOG_UNAVAILABLE';
  readonly reason: string;
}

interface Opening {
  readonly settings: Omit<WriterSettings, 'sent'>;
  readonly start: StartWriter;
}

/**
 * The main thread's side of the writer thread: sends waiting appends together, settles them in order. A thread that dies is
 * started again; appends that it had not been sent wait for the next one.
 */
export class WriterClient {
  readonly #opening: Opening;
  readonly #events: WriterEvents;
  readonly #restarts = new WriterRestarts();
  readonly #appends = new PendingAppends();
  #writer: OpenWriter | undefined;
  #reopening: Promise<void> | undefined;
  #flushPlanned = false;
  readonly #known = new KnownIntegrity();
  #identity: FileIdentity | undefined;
  /** While no thread writes and none is about to. */
  #refusal: Refusal | undefined;
  #trouble: LogTrouble | null = null;
  #closing = false;

  private constructor(opening: Opening, writer: OpenWriter, events: WriterEvents) {
    this.#opening = opening;
    this.#events = events;
    this.#adopt(writer);
  }

  /** Settles once the log is open and its newest part verified. @throws LogUnusable. */
  static async open(
    settings: Omit<WriterSettings, 'sent'>,
    events: WriterEvents,
    start: StartWriter = startWriter,
  ): Promise<WriterClient> {
    return new WriterClient({ settings, start }, await openWriter(settings, start), events);
  }

  get integrity(): LogIntegrity {
    return this.#known.current;
  }

  distrust(reason: string): void {
    const damage: LogDamage = { status: 'damaged', place: null, reason };
    if (!this.#known.tell(damage)) return;
    this.#events.incident({ kind: 'logDamaged', reason });
    this.#leave(damage);
  }

  /** Why nothing can be written just now, as far as that is known; null while it can. */
  get trouble(): LogTrouble | null {
    return this.#trouble;
  }

  /** Rejects only when the outcome is unknown: the caller sends the same bytes again. */
  append(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    if (this.#refusal !== undefined) return Promise.resolve(this.#refusal);
    const answer = this.#appends.add(stream, events, expected);
    this.#plan();
    return answer;
  }

  /** Waits for all appends that were given before. */
  async close(): Promise<void> {
    this.#restarts.cancel();
    await this.#reopening;
    this.#restarts.cancel();
    this.#flush();
    this.#closing = true;
    if (this.#writer !== undefined) {
      const { worker } = this.#writer;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      this.#send({ kind: 'close' });
      await ended;
    }
    this.#refuse({ ok: false, code: 'LOG_UNAVAILABLE', reason: 'The event log takes no writes: it is closed.' });
  }

  #adopt(writer: OpenWriter): void {
    const { worker } = writer;
    let why = 'its thread ended';
    worker.on('message', (message: FromWriter) => this.#receive(message));
    worker.on('error', (error) => (why = error instanceof Error ? error.message : String(error)));
    // Not before the exit: until then answers may arrive that the thread gave while it lived.
    worker.on('exit', () => this.#lose(why));
    this.#writer = writer;
    this.#identity = writer.identity;
    this.#know(writer.integrity);
    if (writer.damagedFile !== null) this.#events.incident({ kind: 'damagedFile', reason: writer.damagedFile });
  }

  #plan(): void {
    if (this.#appends.unsent >= SEND_AT) this.#flush();
    if (this.#flushPlanned) return;
    this.#flushPlanned = true;
    // A tick callback runs after all promise callbacks of this turn: whoever appends in this turn is in the message.
    process.nextTick(() => {
      this.#flushPlanned = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#writer !== undefined && this.#appends.unsent > 0) this.#send(this.#appends.send());
  }

  #send(message: ToWriter): void {
    if (this.#writer === undefined) return;
    this.#writer.worker.postMessage(message);
    Atomics.add(this.#writer.sent, 0, 1);
  }

  #receive(message: FromWriter): void {
    if (message.kind === 'group') this.#settle(message);
    if (message.kind === 'integrity') this.#know(message.integrity);
    if (message.kind === 'hindered') this.#hinder(message.trouble);
    if (message.kind === 'notVerified') this.#events.incident({ kind: 'logNotVerified', reason: message.reason });
  }

  /** Told once, as soon as it is known, and apart from that what is found out of it later. */
  #know(integrity: LogIntegrity): void {
    const news = this.#known.find(integrity);
    if (news === null || integrity.status !== 'damaged') return;
    this.#events.incident({ kind: news === 'damage' ? 'logDamaged' : 'logDamageFound', reason: integrity.reason });
  }

  /** As it is, also by a thread that has not found the damage itself. */
  #leave(damage: LogDamage): void {
    this.#send({ kind: 'distrust', damage });
    this.#refuse({ ok: false, code: 'LOG_READ_ONLY', reason: damage.reason });
  }

  #hinder(trouble: LogTrouble | null): void {
    this.#trouble = trouble;
    this.#events.incident(trouble === null ? { kind: 'logFree' } : { kind: 'logHindered', reason: trouble.sentence });
  }

  #settle(answer: GroupAnswer): void {
    const { committed, last } = this.#appends.settle(answer);
    if (committed.length === 0) return;
    this.#restarts.wrote();
    this.#events.committed(committed, last);
  }

  #lose(why: string): void {
    this.#writer = undefined;
    this.#appends.lose(why);
    if (!this.#closing) this.#startAgain(why);
  }

  #startAgain(why: string): void {
    const sentence = `The part of the server that writes the event log has stopped (${why}). It is started again by itself.`;
    this.#trouble = { code: 'LOG_UNAVAILABLE', sentence };
    this.#events.incident({ kind: 'writerLost', reason: why });
    const isAtOnce = this.#restarts.plan(() => void (this.#reopening = this.#reopen()));
    if (!isAtOnce) this.#refuse({ ok: false, code: 'LOG_UNAVAILABLE', reason: sentence });
  }

  async #reopen(): Promise<void> {
    try {
      const { settings, start } = this.#opening;
      const writer = await openWriter({ ...settings, identity: this.#identity }, start);
      this.#adopt(writer);
      this.#refusal = undefined;
      if (this.#known.damage !== null) this.#leave(this.#known.damage);
      this.#trouble = null;
      this.#events.reopened(writer.head);
      this.#events.incident({ kind: 'writerRestarted' });
      this.#flush();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof LogUnusable && error.code === 'LOG_UNREADABLE') this.#giveUp(reason);
      else this.#startAgain(reason);
    }
  }

  /** A file that is no log any more does not become one by being opened again. */
  #giveUp(reason: string): void {
    this.#trouble = { code: 'LOG_UNAVAILABLE', sentence: reason };
    this.#know({ status: 'damaged', place: null, reason });
    this.#events.incident({ kind: 'writerGivenUp', reason });
    this.#refuse({ ok: false, code: 'LOG_READ_ONLY', reason });
  }

  /** All that were not sent have this answer, and all that come. */
  #refuse(refusal: Refusal): void {
    this.#refusal = refusal;
    this.#appends.refuseUnsent(refusal);
  }
}
