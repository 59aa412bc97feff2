import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  LogIntegrity,
  Position,
  RecordedEvent,
  SealedEvent,
  StreamName,
} from '../event-store';
import { CommittedTail } from './committed-tail';
import type { LogPage } from './log-file';
import { toPosition } from './log-position';
import { FileReader } from './sqlite-log-reader';
import { WriterClient } from './writer-client';

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
}

/** The embedded log: one process writes, any number of threads read. Opens it or makes it. @throws LogUnusable when the file is no log, is cut off or is written by another process. */
export async function openSqliteEventStore(options: SqliteEventStoreOptions): Promise<EventStore> {
  let committed: (events: readonly RecordedEvent[], last: bigint) => void = () => undefined;
  const { file, maxEventBytes = MAX_EVENT_BYTES, verifyAgain = true } = options;
  const settings = { file, maxEventBytes, verifyAgain };
  const writer = await WriterClient.open(settings, () => (events, last) => committed(events, last));
  const store = new FileEventStore(options.file, writer);
  committed = (events, last) => store.accept(events, last);
  return store;
}

class FileEventStore extends FileReader implements EventStore {
  readonly #writer: WriterClient;
  readonly #tail: CommittedTail;
  readonly #listeners = new Set<(head: Position) => void>();
  #closing: Promise<void> | undefined;

  constructor(file: string, writer: WriterClient) {
    super(file);
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

  /** The file is this process's own: whatever stands against it is said by the append that meets it. */
  trouble(): null {
    return null;
  }

  onCommitted(listener: (head: Position) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Durable events from the writer, in order. */
  accept(events: readonly RecordedEvent[], last: bigint): void {
    this.#tail.push(events, last);
    this.signal.advance(last);
    for (const listener of this.#listeners) listener(toPosition(last));
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
