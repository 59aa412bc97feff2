import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ReadStreamOptions, RecordedEvent, StreamName } from '../event-store';
import { isDamage } from '@deskside/sqlite';
import { hyphenate } from './event-id-bytes';
import { toPosition } from './log-position';
import { openLogForReading, usableIndexes } from './log-schema';
import type { LogIndex } from './log-schema';
import { NameGone, Names } from './names';

/** Events after a place, and where reading goes on: past events that a filter dropped. */
export interface LogPage {
  readonly events: RecordedEvent[];
  readonly position: bigint;
  /** True when nothing stood behind `position` at the moment of reading. */
  readonly atEnd: boolean;
}

type Row = [position: bigint, stream: bigint, revision: bigint, type: bigint, id: string, hash: string, body: string];

/** Ids and hashes come as hex text: a small text costs a third of what a small typed array costs in this binding. */
const COLUMNS = 'position, stream, revision, type, lower(hex(id)), hex(hash), body';
const HASH_BYTES = 32;
/** Events that one filtered query looks at, so that a rare type never holds a thread for long. */
const SCAN = 5000;
/** The largest revision that SQLite can hold. */
const MOST = 2n ** 63n - 1n;

export interface LogFileOptions {
  /** Nobody writes it: then nothing is made beside it either. */
  readonly isStill?: boolean;
  /**
   * What cannot be read of a damaged file is passed over, and told here, so that everything else can be looked at. Null when
   * it is no single event.
   */
  readonly onPassedOver?: (why: string, position: bigint | null) => void;
}

/** Reads of the log's file over one connection that cannot write. A commit is seen only once it is durable (WAL, FULL). */
export class LogFile {
  readonly #db: DatabaseSync;
  readonly #streams: Names;
  readonly #types: Names;
  readonly #page: StatementSync;
  readonly #filtered: StatementSync;
  readonly #scanEnd: StatementSync;
  readonly #head: StatementSync;
  readonly #headByIndex: StatementSync;
  readonly #forwards: StatementSync;
  readonly #backwards: StatementSync;

  readonly #one: StatementSync;
  readonly #places: StatementSync;
  readonly #placesInTable: StatementSync;
  readonly #onPassedOver: LogFileOptions['onPassedOver'];

  constructor(file: string, { isStill = false, onPassedOver }: LogFileOptions = {}) {
    const db = openLogForReading(file, isStill);
    const rows = (sql: string): StatementSync => {
      const statement = db.prepare(sql);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      return statement;
    };
    const usable = usableIndexes(db);
    const by = (index: LogIndex): string => (usable.includes(index) ? `INDEXED BY ${index}` : '');
    this.#db = db;
    this.#onPassedOver = onPassedOver;
    this.#streams = new Names(db, 'stream', onPassedOver !== undefined);
    this.#types = new Names(db, 'type', onPassedOver !== undefined);
    this.#page = rows(`SELECT ${COLUMNS} FROM event WHERE position > ? ORDER BY position LIMIT ?`);
    this.#filtered = rows(
      `SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ?
       AND type IN (SELECT id FROM type WHERE name IN (SELECT value FROM json_each(?))) ORDER BY position LIMIT ?`,
    );
    this.#scanEnd = rows(
      'SELECT max(position), count(*) FROM (SELECT position FROM event WHERE position > ? ORDER BY position LIMIT ?)',
    );
    this.#head = rows('SELECT max(position) FROM event');
    this.#headByIndex = rows(`SELECT max(+position) FROM event ${by('event_id')}`);
    this.#one = rows(`SELECT ${COLUMNS} FROM event WHERE position = ?`);
    this.#places = rows(`SELECT position FROM event ${by('event_place')} WHERE stream = ? ORDER BY revision`);
    this.#placesInTable = rows('SELECT position FROM event NOT INDEXED WHERE stream = ? ORDER BY revision');
    const ofStream = `SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision`;
    this.#forwards = rows(`${ofStream} >= ? ORDER BY revision LIMIT ?`);
    this.#backwards = rows(`${ofStream} <= ? ORDER BY revision DESC LIMIT ?`);
  }

  /** 0n in an empty log. */
  head(): bigint {
    try {
      return numberOf(this.#head.all());
    } catch (error) {
      if (!isDamage(error)) throw error;
      // The last page is damaged: the index of the ids has the positions as well, one by one.
      return numberOf(this.#headByIndex.all());
    }
  }

  readStream(stream: StreamName, options: ReadStreamOptions = {}): RecordedEvent[] {
    const id = this.#streams.idOf(stream);
    if (id === undefined) return [];
    const limit = options.maxCount ?? -1;
    const read = (): RecordedEvent[] =>
      this.#recorded(
        options.direction === 'backwards'
          ? this.#backwards.all(id, options.from ?? MOST, limit)
          : this.#forwards.all(id, options.from ?? 0n, limit),
      );
    return this.#passingOver(read, () => this.#whatIsLeftOf(id, options));
  }

  /** Up to `limit` events after `after`. */
  page(after: bigint, limit: number, types?: readonly string[]): LogPage {
    const read = (): LogPage => (types ? this.#filteredPage(after, limit, types) : this.#wholePage(after, limit));
    return this.#passingOver(read, () => this.#whatIsLeftAfter(after, limit, types));
  }

  #wholePage(after: bigint, limit: number): LogPage {
    const events = this.#recorded(this.#page.all(after, limit));
    const last = events.at(-1);
    return { events, position: last ? BigInt(last.position) : after, atEnd: events.length < limit };
  }

  close(): void {
    this.#db.close();
  }

  /** Damage, or a name that is gone, is not passed over by whoever looks for it; anything else says nothing of the log. */
  #passingOver<Result>(read: () => Result, otherwise: () => Result, position: bigint | null = null): Result {
    try {
      return read();
    } catch (error) {
      const isGone = isDamage(error) || error instanceof NameGone;
      if (this.#onPassedOver === undefined || !isGone) throw error;
      this.#onPassedOver(error instanceof Error ? error.message : String(error), position);
      return otherwise();
    }
  }

  /** One by one: of a damaged page nothing can be read, of those around it everything. */
  #whatIsLeftAfter(after: bigint, limit: number, types: readonly string[] | undefined): LogPage {
    const end = this.head() < after + BigInt(SCAN) ? this.head() : after + BigInt(SCAN);
    const events: RecordedEvent[] = [];
    let position = after;
    while (position < end && events.length < limit) {
      position += 1n;
      const event = this.#at(position);
      if (event !== undefined && (types?.includes(event.type) ?? true)) events.push(event);
    }
    return { events, position, atEnd: position >= this.head() };
  }

  #whatIsLeftOf(stream: bigint, { from, direction, maxCount }: ReadStreamOptions): RecordedEvent[] {
    // Without the index all of the log has to be looked through, which takes about a second for a million events.
    const places = this.#passingOver(
      () => this.#places.all(stream),
      () => this.#placesInTable.all(stream),
    ) as unknown as [bigint][];
    const events = places.flatMap(([position]) => this.#at(position) ?? []);
    const isBackwards = direction === 'backwards';
    const wanted = events.filter(({ revision }) =>
      isBackwards ? revision <= (from ?? MOST) : revision >= (from ?? 0n),
    );
    return (isBackwards ? wanted.reverse() : wanted).slice(0, maxCount);
  }

  #at(position: bigint): RecordedEvent | undefined {
    return this.#passingOver(
      () => this.#recorded(this.#one.all(position))[0],
      () => undefined,
      position,
    );
  }

  #filteredPage(after: bigint, limit: number, types: readonly string[]): LogPage {
    const [scan] = this.#scanEnd.all(after, SCAN) as unknown as [bigint | null, bigint][];
    const end = scan?.[0] ?? null;
    if (end === null) return { events: [], position: after, atEnd: true };
    const events = this.#recorded(this.#filtered.all(after, end, JSON.stringify(types), limit));
    const last = events.at(-1);
    if (last && events.length === limit) return { events, position: BigInt(last.position), atEnd: false };
    return { events, position: end, atEnd: (scan?.[1] ?? 0n) < BigInt(SCAN) };
  }

  #recorded(rows: readonly unknown[]): RecordedEvent[] {
    // Zeros behind one that is too short.
    const hashes = Buffer.alloc(rows.length * HASH_BYTES);
    return rows.map((row, index) => {
      const [position, stream, revision, type, id, hash, body] = row as Row;
      const start = index * HASH_BYTES;
      hashes.write(hash, start, HASH_BYTES, 'hex');
      return {
        id: hyphenate(id),
        type: this.#types.of(type),
        body,
        hash: hashes.subarray(start, start + HASH_BYTES),
        stream: this.#streams.of(stream) as StreamName,
        revision,
        position: toPosition(position),
      };
    });
  }
}

function numberOf(rows: readonly unknown[]): bigint {
  const [row] = rows as readonly [bigint | null][];
  return row?.[0] ?? 0n;
}
