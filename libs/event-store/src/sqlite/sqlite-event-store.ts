import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  LogIntegrity,
  LogTrouble,
  Position,
  RecordedEvent,
  SealedEvent,
  StreamName,
} from '../event-store';
import { CommittedTail } from './committed-tail';
import type { LogPage } from './log-file';
import { toPosition } from './log-position';
import { opened } from './log-schema';
import { FileReader } from './sqlite-log-reader';
import { WriterClient } from './writer-client';
import type { LogIncident } from './writer-client';
import { startWriter } from './writer-thread';
import type { StartWriter } from './writer-thread';

/** Events handed to a subscriber at once from memory. */
const SLICE = 1000;
/** Largest body unless set otherwise: 4 MiB. */
const MAX_EVENT_BYTES = 4 * 1024 * 1024;

export interface SqliteEventStoreOptions {
  /** Path of the log; made when absent. `-wal`, `-shm` and `-lock` stand beside it. */
  readonly file: string;
  /** Largest body of one event, bytes of UTF-8; 4 MiB when absent. */
  readonly maxEventBytes?: number;
  /** Whether what earlier starts have verified is read again in the background; true when absent. */
  readonly verifyAgain?: boolean;
  /** The log is taken as it is, whatever is missing: an operator has seen that. False when absent. */
  readonly acceptLoss?: boolean;
  /** Told when nothing can be written, and when it can again. */
  readonly onIncident?: (incident: LogIncident) => void;
}

/** The embedded log: one process writes, any number of threads read. Opens it or makes it. @throws LogUnusable when the file is no log, is cut off or is written by another process. */
export async function openSqliteEventStore(
  options: SqliteEventStoreOptions,
  start: StartWriter = startWriter,
): Promise<EventStore> {
  const { file, maxEventBytes = MAX_EVENT_BYTES, verifyAgain = true, acceptLoss = false, onIncident } = options;
  // The writer has nothing to tell before the first append, which the store gives it.
  const events = {
    committed: (recorded: readonly RecordedEvent[], last: bigint) => store.accept(recorded, last),
    reopened: (head: bigint) => store.acceptUnseen(head),
    incident: (incident: LogIncident) => onIncident?.(incident),
  };
  const writer = await WriterClient.open({ file, maxEventBytes, verifyAgain, acceptLoss }, events, start);
  const store: FileEventStore = await opened(file, () => new FileEventStore(options, writer)).catch(
    async (error: unknown) => {
      await writer.close();
      throw error;
    },
  );
  return store;
}

class FileEventStore extends FileReader implements EventStore {
  readonly #writer: WriterClient;
  readonly #tail: CommittedTail;
  readonly #listeners = new Set<(head: Position) => void>();
  #closing: Promise<void> | undefined;

  constructor({ file, acceptLoss = false }: SqliteEventStoreOptions, writer: WriterClient) {
    const onPassedOver = (why: string): void => this.#passedOver(why);
    // Whoever accepts a loss must come upon all of it.
    super(file, acceptLoss ? {} : { onPassedOver });
    this.#writer = writer;
    this.#tail = new CommittedTail(this.signal.head);
  }

  append(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    if (this.#closing) return Promise.reject(new Error('The event log is closed.'));
    return this.#writer.append(stream, events, expected);
  }

  integrity(): LogIntegrity {
    return this.#writer.integrity;
  }

  distrust(reason: string): void {
    this.#writer.distrust(reason);
  }

  /** Of the thread that writes: that it is gone, or what it has met when it wrote last. */
  trouble(): LogTrouble | null {
    return this.#writer.trouble;
  }

  #passedOver(why: string): void {
    if (this.integrity().status !== 'damaged') this.distrust(`The log cannot be read: ${why}.`);
  }

  onCommitted(listener: (head: Position) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Durable events from the writer, in order. */
  accept(events: readonly RecordedEvent[], last: bigint): void {
    this.#tail.push(events, last);
    this.#grown(last);
  }

  /** Events up to `head` are durable, but the writer died before it told of them. */
  acceptUnseen(head: bigint): void {
    if (head <= this.signal.head) return;
    this.#tail.skipTo(head);
    this.#grown(head);
  }

  #grown(head: bigint): void {
    this.signal.advance(head);
    for (const listener of this.#listeners) listener(toPosition(head));
  }

  /** Ends the subscriptions, settles the appends that were given, then closes the file: the writer last, to tidy up. */
  override close(): Promise<void> {
    this.#closing ??= super.close().then(() => this.#writer.close());
    return this.#closing;
  }

  /** From memory while the subscriber keeps up, from the file when it is behind. */
  protected override next(after: bigint, types: readonly string[] | undefined): LogPage & { fromFile: boolean } {
    const kept = this.#tail.after(after, SLICE);
    if (!kept) {
      const page = super.next(after, types);
      return { ...page, atEnd: page.position >= this.signal.head };
    }
    // A read of the file may have run ahead of the acknowledgements: then nothing is kept behind it yet.
    const position = after + BigInt(kept.length);
    const events = types ? kept.filter((event) => types.includes(event.type)) : [...kept];
    return { events, position, atEnd: position >= this.signal.head, fromFile: false };
  }
}
