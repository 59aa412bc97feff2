import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  EventLogReader,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  StreamName,
  SubscribeAllOptions,
} from '../event-store';
import { HeadSignal } from './head-signal';
import { LogFile } from './log-file';
import type { LogFileOptions, LogPage } from './log-file';
import { fromPosition, toHead } from './log-position';
import { opened } from './log-schema';
import { reading } from './reading';
import { runSubscription } from './subscription';

/** Events of one page of a subscription or, unless the caller says otherwise, of `readAll`. */
const PAGE = 1000;

export interface SqliteLogReaderOptions extends LogFileOptions {
  /** Path of a log that a store has opened at least once. */
  readonly file: string;
}

/** Reads over a connection of its own, e.g. in the projection worker; it must be told when the log has grown. */
export interface SqliteLogReader extends EventLogReader {
  /** Wakes subscriptions that wait at the end. Older positions change nothing; nothing is polled. */
  wake(head: Position): void;
}

/** @throws LogUnusable when the file is not there or not a log. */
export function openSqliteLogReader({ file, ...options }: SqliteLogReaderOptions): Promise<SqliteLogReader> {
  return opened(file, () => new FileReader(file, options));
}

/** What reader and store share: all reads of the file. */
export class FileReader implements SqliteLogReader {
  protected readonly file: LogFile;
  protected readonly signal: HeadSignal;
  readonly #running = new Set<Promise<void>>();

  constructor(file: string, options: LogFileOptions) {
    this.file = new LogFile(file, options);
    this.signal = new HeadSignal(this.file.head());
  }

  wake(head: Position): void {
    this.signal.advance(fromPosition(head));
  }

  readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    return reading(() => this.file.readStream(stream, options));
  }

  async readAll(options: ReadAllOptions): Promise<{ events: readonly RecordedEvent[]; position: Position | null }> {
    const wanted = options.maxCount ?? PAGE;
    const read = (after: bigint, limit: number): Promise<LogPage> =>
      reading(() => this.file.page(after, limit, options.types));
    let page = await read(fromPosition(options.after), wanted);
    let { events } = page;
    while (!page.atEnd && events.length < wanted) {
      await nextTurn();
      page = await read(page.position, wanted - events.length);
      events = events.concat(page.events);
    }
    return { events, position: toHead(page.position) };
  }

  async subscribeAll(options: SubscribeAllOptions): Promise<void> {
    const run = runSubscription({ head: this.signal, next: (after, types) => this.next(after, types) }, options);
    const settled = run.catch(() => undefined);
    this.#running.add(settled);
    try {
      await run;
    } finally {
      this.#running.delete(settled);
    }
  }

  async head(): Promise<Position | null> {
    return toHead(await reading(() => this.file.head()));
  }

  async eventAt(position: Position): Promise<RecordedEvent | null> {
    const row = fromPosition(position);
    const { events } = await reading(() => this.file.page(row - 1n, 1));
    return events[0]?.position === position ? events[0] : null;
  }

  comparePositions(a: Position, b: Position): number {
    return Number(fromPosition(a) - fromPosition(b));
  }

  /** Ends the subscriptions, waits for the batches that they are handing out, frees the file. */
  async close(): Promise<void> {
    this.signal.close();
    await Promise.all(this.#running);
    this.file.close();
  }

  protected next(after: bigint, types: readonly string[] | undefined): LogPage & { fromFile: boolean } {
    return { ...this.file.page(after, PAGE, types), fromFile: true };
  }
}
