import type { DatabaseSync } from 'node:sqlite';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { HINDERED_PATIENCE_MS, LOOK_PAUSE_MS } from '@deskside/sqlite';
import type { LogIntegrity, LogTrouble } from '../event-store';
import { commitGroup, hindranceOf, refuseAll } from './group-commit';
import { holdLock } from './hold-lock';
import type { HeldLock } from './hold-lock';
import { BUSY_TIMEOUT_MS, describeUnusable, LogUnusable, openLogForWriting } from './log-schema';
import { LogVerifier } from './log-verifier';
import { LogWriter } from './log-writer';
import type { AppendBatch, FromWriter, ToWriter, WriterSettings } from './writer-messages';

/** Events verified before the start answers, about 70 ms; the rest in the background. */
const VERIFIED_AT_START = 20_000;
/** Events verified between two looks at the waiting appends, about 2 ms. */
const VERIFIED_AT_ONCE = 500;
/** Pause between two looks at what earlier starts have verified: it has time. */
const AGAIN_PAUSE_MS = 10;
/** How long the thread stays awake after a group. */
const LINGER_MS = 0.15;
/** How long each of the last works waits for other processes: they spare the next start something, no more. */
const CLOSE_PATIENCE_MS = 500;
/** Quiet time after which new events are verified too, so that the next start has little to do. */
const QUIET_MS = 5000;

class WriterThread {
  readonly #port: MessagePort;
  readonly #lock: HeldLock;
  readonly #db: DatabaseSync;
  readonly #writer: LogWriter;
  readonly #verifier: LogVerifier;
  /** Reads once more what earlier starts have verified: a medium may change bytes while nobody looks. */
  readonly #again: LogVerifier;
  readonly #mayVerifyAgain: boolean;
  readonly #sent: Int32Array;
  #received = 0;
  #waiting: ToWriter[] = [];
  #quiet: NodeJS.Timeout | undefined;
  #closing = false;
  #hindrance: LogTrouble | null = null;
  #looking: NodeJS.Timeout | undefined;

  constructor(port: MessagePort, settings: WriterSettings) {
    this.#port = port;
    this.#sent = new Int32Array(settings.sent);
    const { file } = settings;
    this.#lock = holdLock(`${file}-lock`, `The event log ${file} is in use by another process that writes it.`);
    this.#db = openLogForWriting(settings.file);
    this.#writer = new LogWriter(this.#db, settings.maxEventBytes);
    this.#verifier = new LogVerifier(this.#db);
    this.#again = new LogVerifier(this.#db, 0n);
    this.#mayVerifyAgain = settings.verifyAgain;
  }

  start(): void {
    const more = this.#verifier.step(VERIFIED_AT_START);
    this.#save();
    this.#say({ kind: 'ready', head: this.#writer.head, integrity: this.#verifier.integrity });
    this.#port.on('message', (message: ToWriter) => this.#take(message));
    if (more) this.#verifySoon();
    if (this.#mayVerifyAgain) this.#verifyAgain();
  }

  #take(message: ToWriter): void {
    this.#received = (this.#received + 1) | 0;
    this.#waiting.push(message);
    for (let next = this.#next(); next; next = this.#next() ?? this.#awaited()) {
      if (next.kind === 'close') return this.#close();
      this.#append(next);
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
    if (integrity.status === 'damaged') {
      const reason = `Event ${integrity.revision} of ${integrity.stream} is damaged: ${integrity.reason}`;
      return this.#say(refuseAll([batch], { ok: false, code: 'LOG_READ_ONLY', reason }));
    }
    const answer = commitGroup(this.#writer, batch, () => this.#nextBatch());
    this.#hindered(hindranceOf(answer));
    this.#say(answer);
  }

  /** Told each time that it changes, before the answer that it explains. */
  #hindered(trouble: LogTrouble | null): void {
    if (trouble?.sentence === this.#hindrance?.sentence) return;
    this.#hindrance = trouble;
    this.#writer.waitNoLongerThan(trouble === null ? BUSY_TIMEOUT_MS : HINDERED_PATIENCE_MS);
    this.#say({ kind: 'hindered', trouble });
    if (trouble !== null) this.#looking ??= setTimeout(() => this.#look(), LOOK_PAUSE_MS);
  }

  #look(): void {
    this.#looking = undefined;
    if (this.#hindrance === null) return;
    if (this.#writer.canWrite()) this.#hindered(null);
    else this.#looking = setTimeout(() => this.#look(), LOOK_PAUSE_MS);
  }

  #verifySoon(): void {
    setImmediate(() => {
      if (this.#closing) return;
      const more = this.#verifier.step(VERIFIED_AT_ONCE);
      if (more) return this.#verifySoon();
      this.#save();
      this.#say({ kind: 'integrity', integrity: this.#integrity });
    });
  }

  #verifyAgain(): void {
    setTimeout(() => {
      if (this.#closing) return;
      if (this.#again.step(VERIFIED_AT_ONCE)) return this.#verifyAgain();
      if (this.#again.integrity.status === 'damaged') this.#say({ kind: 'integrity', integrity: this.#integrity });
    }, AGAIN_PAUSE_MS).unref();
  }

  /** Damage wins, wherever it was found. */
  get #integrity(): LogIntegrity {
    return this.#again.integrity.status === 'damaged' ? this.#again.integrity : this.#verifier.integrity;
  }

  #restartQuiet(): void {
    if (this.#quiet) this.#quiet.refresh();
    else this.#quiet = setTimeout(() => this.#verifySoon(), QUIET_MS).unref();
  }

  /** A full disk or a locked file must not end the thread: the position is only a shorter way for the next start. */
  #save(): void {
    if (this.#integrity.status === 'damaged') return;
    try {
      this.#verifier.save();
    } catch {
      // The next quiet time or start verifies from the older position.
    }
  }

  #close(): void {
    this.#closing = true;
    clearTimeout(this.#quiet);
    clearTimeout(this.#looking);
    this.#writer.waitNoLongerThan(this.#hindrance === null ? CLOSE_PATIENCE_MS : 0);
    this.#save();
    this.#tidy();
    this.#db.close();
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

function startThread(port: MessagePort, settings: WriterSettings): void {
  try {
    new WriterThread(port, settings).start();
  } catch (error) {
    const known = error instanceof LogUnusable ? error : describeUnusable(settings.file, error);
    port.postMessage({ kind: 'unusable', code: known.code, message: known.message } satisfies FromWriter);
  }
}

if (parentPort) startThread(parentPort, workerData as WriterSettings);
