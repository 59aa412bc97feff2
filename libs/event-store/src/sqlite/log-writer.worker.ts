import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { FileWatch, HINDERED_PATIENCE_MS, identityOf, isDamage } from '@deskside/sqlite';
import type { LogDamage, LogIntegrity } from '../event-store';
import { HeadFile, readHead } from '../integrity';
import { cannotBeRead } from './cannot-be-read';
import { commitGroup, damageIn, hindranceOf, refuseAll } from './group-commit';
import { holdLock } from './hold-lock';
import type { HeldLock } from './hold-lock';
import { LogAuditor } from './log-auditor';
import {
  BUSY_TIMEOUT_MS,
  describeUnusable,
  headFileOf,
  lockFileOf,
  LogUnusable,
  openLogForWriting,
} from './log-schema';
import { LogVerifier } from './log-verifier';
import { toPosition } from './log-position';
import { LogWriter } from './log-writer';
import { lastState } from './signed-rows';
import { WriteHindrance } from './write-hindrance';
import { WriterInbox } from './writer-inbox';
import type { AppendBatch, FromWriter, ToWriter, WriterSettings } from './writer-messages';

/** Events verified before the start answers, about 70 ms; the rest in the background. */
const VERIFIED_AT_START = 20_000;
/** Events verified between two looks at the waiting appends, about 2 ms. */
const VERIFIED_AT_ONCE = 500;
/** How long each of the last works waits for other processes: they spare the next start something, no more. */
const CLOSE_PATIENCE_MS = 500;
/** Quiet time after which new events are verified too, so that the next start has little to do. */
const QUIET_MS = 5000;

interface Parts {
  readonly writer: LogWriter;
  readonly verifier: LogVerifier;
  readonly head: HeadFile;
  readonly hindrance: WriteHindrance;
}

class WriterThread {
  readonly #port: MessagePort;
  readonly #settings: WriterSettings;
  readonly #lock: HeldLock;
  readonly #db: DatabaseSync;
  readonly #inbox: WriterInbox;
  readonly #end = new AbortController();
  /** Null in a log that cannot be written. */
  #parts: Parts | null = null;
  #damage: LogDamage | null = null;
  #noted = 0n;
  #quiet: NodeJS.Timeout | undefined;
  #closing = false;
  #hasWritten = false;
  #failure: string | null = null;

  constructor(port: MessagePort, settings: WriterSettings) {
    this.#port = port;
    this.#settings = settings;
    this.#inbox = new WriterInbox(port, new Int32Array(settings.sent));
    const { file } = settings;
    this.#lock = holdLock(
      lockFileOf(file),
      `The event log ${file} is in use by another process that writes it. Stop that one first.`,
    );
    refuseTakenAway(settings);
    this.#db = openLogForWriting(settings.file);
  }

  async start(): Promise<void> {
    let damagedFile: string | null = null;
    const head = readHead(headFileOf(this.#settings.file), (sentence) => (damagedFile = sentence));
    const isMissing = head === null && damagedFile === null;
    const auditor = new LogAuditor(this.#settings.file, head);
    this.#damage = this.#settings.acceptLoss ? null : await auditor.damageAtStart(this.#db);
    if (this.#damage === null) this.#tryToOpenParts();
    const isMore = this.#verifyAtStart();
    this.#ready(isMissing ? this.#missedHead() : damagedFile);
    this.#port.on('message', (message: ToWriter) => this.#take(message));
    if (isMore) this.#verifySoon();
    if (this.#settings.verifyAgain && this.#damage === null) void this.#auditAgain(auditor);
  }

  #verifyAtStart(): boolean {
    const isMore = this.#parts?.verifier.step(VERIFIED_AT_START) ?? false;
    this.#save();
    return isMore;
  }

  /** Each commit writes that file, so it was there before the first checkpoint was. */
  #missedHead(): string | null {
    const { file } = this.#settings;
    if (this.#parts === null || lastState(this.#db) === null) return null;
    return `${headFileOf(file)} is missing: whether the end of the log was cut off cannot be told. It is made anew with the next event.`;
  }

  #ready(damagedFile: string | null): void {
    const head = this.#parts?.writer.head ?? 0n;
    const identity = this.#settings.identity ?? identityOf(this.#settings.file);
    this.#say({ kind: 'ready', head, integrity: this.#integrity, identity, damagedFile });
  }

  /** What no doubt has come to may be damaged all the same. */
  #tryToOpenParts(): void {
    try {
      this.#parts = this.#openParts();
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#damage = { status: 'damaged', place: null, reason: cannotBeRead(error) };
    }
  }

  #openParts(): Parts {
    const { file, maxEventBytes, acceptLoss } = this.#settings;
    const writer = new LogWriter(this.#db, maxEventBytes);
    // Whoever accepts a loss has had all of it audited.
    const verifier = new LogVerifier(this.#db, acceptLoss ? writer.head : undefined);
    return { writer, verifier, head: new HeadFile(headFileOf(file)), hindrance: this.#watchOver(writer) };
  }

  #watchOver(writer: LogWriter): WriteHindrance {
    const { file, identity } = this.#settings;
    return new WriteHindrance({
      watched: { path: file, identity },
      canWrite: () => writer.canWrite(),
      // Told before the answer that it explains.
      onChange: (trouble) => {
        writer.waitNoLongerThan(trouble === null ? BUSY_TIMEOUT_MS : HINDERED_PATIENCE_MS);
        this.#say({ kind: 'hindered', trouble });
      },
    });
  }

  #auditAgain(auditor: LogAuditor): Promise<void> {
    return auditor.inBackground({
      signal: this.#end.signal,
      onDamage: (damage) => {
        this.#damage = damage;
        this.#say({ kind: 'integrity', integrity: this.#integrity });
      },
      onFailure: (why) => this.#failed(why),
    });
  }

  /** Told each time that it is another one. */
  #failed(why: string): void {
    if (this.#failure === why) return;
    this.#failure = why;
    this.#say({ kind: 'notVerified', reason: `The log could not be read again (${why}).` });
  }

  #take(message: ToWriter): void {
    this.#inbox.add(message);
    for (let next = this.#inbox.next(); next; next = this.#inbox.next() ?? this.#inbox.awaited()) {
      if (next.kind === 'close') return this.#close();
      if (next.kind === 'distrust') this.#damage ??= next.damage;
      else this.#append(next);
    }
    this.#restartQuiet();
  }

  #append(batch: AppendBatch): void {
    const integrity = this.#integrity;
    if (integrity.status === 'damaged' || this.#parts === null) {
      const reason = integrity.status === 'damaged' ? integrity.reason : 'The log cannot be written.';
      return this.#say(refuseAll([batch], { ok: false, code: 'LOG_READ_ONLY', reason }));
    }
    const { writer, hindrance } = this.#parts;
    const lost = hindrance.lostBefore();
    if (lost !== null) {
      hindrance.met(lost);
      return this.#say(refuseAll([batch], { ok: false, code: 'LOG_UNAVAILABLE', reason: lost.sentence }));
    }
    const answer = commitGroup(writer, batch, () => this.#inbox.nextBatch());
    const lostMeanwhile = hindrance.lost();
    // What was written is unknown to everybody then, as it is after any other end of this thread.
    if (lostMeanwhile !== null) throw new Error(lostMeanwhile.sentence);
    hindrance.met(hindranceOf(answer));
    this.#noteDamage(damageIn(answer));
    this.#say(answer);
    this.#noteHead(this.#parts);
  }

  /** Told before the answer, so that whoever hears the one knows the other. */
  #noteDamage(damage: LogDamage | null): void {
    if (damage === null) return;
    this.#damage = damage;
    this.#say({ kind: 'integrity', integrity: damage });
  }

  #noteHead({ writer, head }: Parts): void {
    if (writer.lastHash === null || writer.head === this.#noted) return;
    this.#noted = writer.head;
    this.#hasWritten = true;
    head.write({ position: toPosition(writer.head), hash: writer.lastHash });
  }

  #verifySoon(): void {
    setImmediate(() => {
      if (this.#closing) return;
      try {
        if (this.#parts?.verifier.step(VERIFIED_AT_ONCE)) return this.#verifySoon();
      } catch (error) {
        this.#restartQuiet();
        return this.#failed(error instanceof Error ? error.message : String(error));
      }
      this.#save();
      this.#say({ kind: 'integrity', integrity: this.#integrity });
    });
  }

  /** Damage wins, wherever it was found. */
  get #integrity(): LogIntegrity {
    return this.#damage ?? this.#parts?.verifier.integrity ?? { status: 'verifying', verifiedUpTo: null };
  }

  #restartQuiet(): void {
    if (this.#quiet) this.#quiet.refresh();
    else this.#quiet = setTimeout(() => this.#verifySoon(), QUIET_MS).unref();
  }

  /** A full disk or a locked file must not end the thread: the position is only a shorter way for the next start. */
  #save(): void {
    if (this.#integrity.status === 'damaged') return;
    // What nobody has accepted yet is not verified either.
    if (this.#settings.acceptLoss && !this.#hasWritten) return;
    try {
      this.#parts?.verifier.save();
    } catch {
      // The next quiet time or start verifies from the older position.
    }
  }

  #close(): void {
    this.#closing = true;
    clearTimeout(this.#quiet);
    this.#parts?.hindrance.close();
    this.#end.abort();
    this.#parts?.writer.waitNoLongerThan(this.#parts.hindrance.current ? 0 : CLOSE_PATIENCE_MS);
    this.#save();
    this.#tidy();
    this.#db.close();
    this.#parts?.head.close();
    this.#lock.close();
    this.#say({ kind: 'closed' });
    this.#port.close();
  }

  /** Leaves one file without a write-ahead log, also when other threads still read; a damaged log is left as it is. */
  #tidy(): void {
    if (this.#integrity.status === 'damaged') return;
    try {
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The next start finds the write-ahead log and goes on from it.
    }
  }

  #say(message: FromWriter): void {
    this.#port.postMessage(message);
  }
}

/** A thread that is started again makes no new log in the place of one that was taken away. @throws LogUnusable */
function refuseTakenAway({ file, identity }: WriterSettings): void {
  if (identity === undefined) return;
  const lost = new FileWatch({ path: file, identity }).lost();
  if (lost !== null) throw new LogUnusable('LOG_TAKEN_AWAY', `The event log cannot be written: ${lost}.`);
}

async function startThread(port: MessagePort, settings: WriterSettings): Promise<void> {
  try {
    await new WriterThread(port, settings).start();
  } catch (error) {
    const { code, message } = describeUnusable(settings.file, error);
    port.postMessage({ kind: 'unusable', code, message } satisfies FromWriter);
  }
}

if (parentPort) await startThread(parentPort, workerData as WriterSettings);
