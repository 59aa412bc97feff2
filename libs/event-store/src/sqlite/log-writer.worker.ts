import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { FileWatch, HINDERED_PATIENCE_MS, identityOf, LOOK_PAUSE_MS, SQLITE, sqliteCode } from '@deskside/sqlite';
import type { LogDamage, LogIntegrity, LogTrouble } from '../event-store';
import { auditLog, damageOf, HeadFile, readHead } from '../integrity';
import type { AuditOptions, KnownHead, LogAudit } from '../integrity';
import { commitGroup, hindranceOf, refuseAll } from './group-commit';
import { holdLock } from './hold-lock';
import type { HeldLock } from './hold-lock';
import { BUSY_TIMEOUT_MS, describeUnusable, headFileOf, LogUnusable, openLogForWriting } from './log-schema';
import { LogVerifier } from './log-verifier';
import { toPosition } from './log-position';
import { LogWriter } from './log-writer';
import { openSqliteLogReader } from './sqlite-log-reader';
import { doubtAbout } from './start-check';
import type { AppendBatch, FromWriter, ToWriter, WriterSettings } from './writer-messages';

/** Events verified before the start answers, about 70 ms; the rest in the background. */
const VERIFIED_AT_START = 20_000;
/** Events verified between two looks at the waiting appends, about 2 ms. */
const VERIFIED_AT_ONCE = 500;
/** Pause between two looks at what earlier starts have verified: it has time. */
const AGAIN_PAUSE_MS = 10;
/** How long the thread stays awake after a group. */
const LINGER_MS = 0.15;
/** How long a look at the file holds: one before and one after each write would cost a tenth of them. */
const SEEN_MS = 1;
/** How long each of the last works waits for other processes: they spare the next start something, no more. */
const CLOSE_PATIENCE_MS = 500;
/** Quiet time after which new events are verified too, so that the next start has little to do. */
const QUIET_MS = 5000;

interface Parts {
  readonly writer: LogWriter;
  readonly verifier: LogVerifier;
  readonly head: HeadFile;
}

class WriterThread {
  readonly #port: MessagePort;
  readonly #settings: WriterSettings;
  readonly #lock: HeldLock;
  readonly #db: DatabaseSync;
  readonly #sent: Int32Array;
  readonly #end = new AbortController();
  /** Null in a log that cannot be written. */
  #parts: Parts | null = null;
  #damage: LogDamage | null = null;
  #noted = 0n;
  /** Begins once the file was read, when its write-ahead log is there as well. */
  #watch: FileWatch | null = null;
  /** When the file was last seen in its place, ms. */
  #seen = Number.NEGATIVE_INFINITY;
  #received = 0;
  #waiting: ToWriter[] = [];
  #quiet: NodeJS.Timeout | undefined;
  #closing = false;
  #hindrance: LogTrouble | null = null;
  #looking: NodeJS.Timeout | undefined;

  constructor(port: MessagePort, settings: WriterSettings) {
    this.#port = port;
    this.#settings = settings;
    this.#sent = new Int32Array(settings.sent);
    const { file } = settings;
    this.#lock = holdLock(`${file}-lock`, `The event log ${file} is in use by another process that writes it.`);
    refuseTakenAway(settings);
    this.#db = openLogForWriting(settings.file);
  }

  async start(): Promise<void> {
    let damagedFile: string | null = null;
    const head = readHead(headFileOf(this.#settings.file), (sentence) => (damagedFile = sentence));
    this.#damage = await this.#damageAtStart(head);
    if (this.#damage === null) this.#tryToOpenParts();
    const more = this.#parts?.verifier.step(VERIFIED_AT_START) ?? false;
    this.#save();
    this.#watch = new FileWatch({ path: this.#settings.file, identity: this.#settings.identity });
    setInterval(() => this.#lookForFile(), LOOK_PAUSE_MS).unref();
    this.#ready(damagedFile);
    this.#port.on('message', (message: ToWriter) => this.#take(message));
    if (more) this.#verifySoon();
    if (this.#settings.verifyAgain && this.#damage === null) void this.#auditAgain(head);
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
      if (sqliteCode(error) !== SQLITE.CORRUPT) throw error;
      this.#damage = { status: 'damaged', place: null, reason: unreadable(error) };
    }
  }

  #openParts(): Parts {
    const { file, maxEventBytes, acceptLoss } = this.#settings;
    const writer = new LogWriter(this.#db, maxEventBytes);
    // Whoever accepts a loss has had all of it audited.
    const verifier = new LogVerifier(this.#db, acceptLoss ? writer.head : undefined);
    return { writer, verifier, head: new HeadFile(headFileOf(file)) };
  }

  /** What exactly is wrong takes as long as reading the whole log. */
  async #damageAtStart(head: KnownHead | null): Promise<LogDamage | null> {
    const doubt = this.#settings.acceptLoss ? null : doubtAbout(this.#db, head);
    if (doubt === null) return null;
    const spoilt: LogDamage = { status: 'damaged', place: null, reason: doubt.reason };
    return damageOf(await this.#audit({ head })) ?? (doubt.isCertain ? spoilt : null);
  }

  async #audit(options: Pick<AuditOptions, 'head' | 'pageSize' | 'pause' | 'onFirstFinding'>): Promise<LogAudit> {
    const reader = await openSqliteLogReader({ file: this.#settings.file });
    try {
      return await auditLog(reader, { ...options, hasRowPositions: true, elsewhere: null });
    } finally {
      await reader.close();
    }
  }

  /**
   * Reads once more what earlier starts have verified: a medium may change bytes while nobody looks, and what was taken
   * away with care only shows against the checkpoints.
   */
  async #auditAgain(head: KnownHead | null): Promise<void> {
    const { signal } = this.#end;
    const pause = (): Promise<void> => sleep(AGAIN_PAUSE_MS, undefined, { signal, ref: false });
    const found = (audit: LogAudit): void => {
      const damage = damageOf(audit);
      if (damage === null) return;
      this.#damage = damage;
      this.#say({ kind: 'integrity', integrity: this.#integrity });
    };
    try {
      found(await this.#audit({ head, pageSize: VERIFIED_AT_ONCE, pause, onFirstFinding: found }));
    } catch {
      // Closed meanwhile, or locked by another process: the next start looks again.
    }
  }

  #take(message: ToWriter): void {
    this.#received = (this.#received + 1) | 0;
    this.#waiting.push(message);
    for (let next = this.#next(); next; next = this.#next() ?? this.#awaited()) {
      if (next.kind === 'close') return this.#close();
      if (next.kind === 'distrust') this.#damage ??= next.damage;
      else this.#append(next);
    }
    this.#restartQuiet();
  }

  /** What has arrived, without a turn of the event loop in between. */
  #next(): ToWriter | undefined {
    return this.#waiting.shift() ?? this.#arrived();
  }

  #arrived(): ToWriter | undefined {
    const arrived = receiveMessageOnPort(this.#port);
    if (!arrived) return undefined;
    this.#received = (this.#received + 1) | 0;
    return arrived.message as ToWriter;
  }

  #nextBatch(): AppendBatch | undefined {
    const next = this.#next();
    if (next?.kind === 'append') return next;
    if (next) this.#waiting.push(next);
    return undefined;
  }

  /**
   * Looks for the next message for a moment before the thread goes to sleep: whoever was just answered often appends
   * again at once, and waking a thread takes longer than that.
   */
  #awaited(): ToWriter | undefined {
    const until = performance.now() + LINGER_MS;
    while (Atomics.load(this.#sent, 0) === this.#received && performance.now() < until);
    return this.#arrived();
  }

  #append(batch: AppendBatch): void {
    const integrity = this.#integrity;
    if (integrity.status === 'damaged' || this.#parts === null) {
      const reason = integrity.status === 'damaged' ? integrity.reason : 'The log cannot be written.';
      return this.#say(refuseAll([batch], { ok: false, code: 'LOG_READ_ONLY', reason }));
    }
    const { writer } = this.#parts;
    const lost = this.#lost();
    if (lost !== null) {
      this.#hindered(lost);
      return this.#say(refuseAll([batch], { ok: false, code: 'LOG_UNAVAILABLE', reason: lost.sentence }));
    }
    const answer = commitGroup(writer, batch, () => this.#nextBatch());
    const lostMeanwhile = this.#lost();
    // What was written is unknown to everybody then, as it is after any other end of this thread.
    if (lostMeanwhile !== null) throw new Error(lostMeanwhile.sentence);
    this.#hindered(hindranceOf(answer));
    this.#say(answer);
    this.#noteHead(this.#parts);
  }

  /** Why what is written now would never be found again. */
  #lost(): LogTrouble | null {
    const now = performance.now();
    if (now - this.#seen < SEEN_MS) return null;
    const why = this.#watch?.lost() ?? null;
    if (why === null) this.#seen = now;
    return why === null ? null : { code: 'LOG_UNAVAILABLE', sentence: `The event log cannot be written: ${why}.` };
  }

  /** Nobody might append anything meanwhile. */
  #lookForFile(): void {
    const lost = this.#closing ? null : this.#lost();
    if (lost !== null) this.#hindered(lost);
  }

  #noteHead({ writer, head }: Parts): void {
    if (writer.lastHash === null || writer.head === this.#noted) return;
    this.#noted = writer.head;
    head.write({ position: toPosition(writer.head), hash: writer.lastHash });
  }

  /** Told each time that it changes, before the answer that it explains. */
  #hindered(trouble: LogTrouble | null): void {
    if (trouble?.sentence === this.#hindrance?.sentence) return;
    this.#hindrance = trouble;
    this.#parts?.writer.waitNoLongerThan(trouble === null ? BUSY_TIMEOUT_MS : HINDERED_PATIENCE_MS);
    this.#say({ kind: 'hindered', trouble });
    if (trouble !== null) this.#looking ??= setTimeout(() => this.#look(), LOOK_PAUSE_MS);
  }

  #look(): void {
    this.#looking = undefined;
    if (this.#hindrance === null) return;
    if (this.#lost() === null && this.#parts?.writer.canWrite()) this.#hindered(null);
    else this.#looking = setTimeout(() => this.#look(), LOOK_PAUSE_MS);
  }

  #verifySoon(): void {
    setImmediate(() => {
      if (this.#closing) return;
      const more = this.#parts?.verifier.step(VERIFIED_AT_ONCE) ?? false;
      if (more) return this.#verifySoon();
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
    try {
      this.#parts?.verifier.save();
    } catch {
      // The next quiet time or start verifies from the older position.
    }
  }

  #close(): void {
    this.#closing = true;
    clearTimeout(this.#quiet);
    clearTimeout(this.#looking);
    this.#end.abort();
    this.#parts?.writer.waitNoLongerThan(this.#hindrance === null ? CLOSE_PATIENCE_MS : 0);
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

function unreadable(error: unknown): string {
  return `The log cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
}

async function startThread(port: MessagePort, settings: WriterSettings): Promise<void> {
  try {
    await new WriterThread(port, settings).start();
  } catch (error) {
    const known = error instanceof LogUnusable ? error : describeUnusable(settings.file, error);
    port.postMessage({ kind: 'unusable', code: known.code, message: known.message } satisfies FromWriter);
  }
}

if (parentPort) await startThread(parentPort, workerData as WriterSettings);
