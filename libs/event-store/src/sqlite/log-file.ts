import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ReadStreamOptions, RecordedEvent, StreamName } from '../event-store';
import { SQLITE, sqliteCode } from '@deskside/sqlite';
import { hyphenate } from './event-id-bytes';
import { toPosition } from './log-position';
import { openLogForReading } from './log-schema';

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
const NAMES_KEPT = 100_000;

/** Names that were interned as numbers; read once each and kept while there are not too many. */
class Names {
  readonly #select: StatementSync;
  readonly #known = new Map<bigint, string>();

  constructor(db: DatabaseSync, table: 'stream' | 'type') {
    this.#select = db.prepare(`SELECT name FROM ${table} WHERE id = ?`);
  }

  of(id: bigint): string {
    return this.#known.get(id) ?? this.#load(id);
  }

  #load(id: bigint): string {
    const name = this.#select.get(id)?.['name'];
    if (typeof name !== 'string') throw new Error(`The event log names ${id} that it does not have.`);
    if (this.#known.size >= NAMES_KEPT) this.#known.clear();
    this.#known.set(id, name);
    return name;
  }
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
  readonly #streamId: StatementSync;
  readonly #forwards: StatementSync;
  readonly #backwards: StatementSync;

  constructor(file: string, isStill = false) {
    const db = openLogForReading(file, isStill);
    const rows = (sql: string): StatementSync => {
      const statement = db.prepare(sql);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#db = db;
    this.#streams = new Names(db, 'stream');
    this.#types = new Names(db, 'type');
    this.#page = rows(`SELECT ${COLUMNS} FROM event WHERE position > ? ORDER BY position LIMIT ?`);
    this.#filtered = rows(
      `SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ?
       AND type IN (SELECT id FROM type WHERE name IN (SELECT value FROM json_each(?))) ORDER BY position LIMIT ?`,
    );
    this.#scanEnd = rows(
      'SELECT max(position), count(*) FROM (SELECT position FROM event WHERE position > ? ORDER BY position LIMIT ?)',
    );
    this.#head = rows('SELECT max(position) FROM event');
    this.#headByIndex = rows('SELECT max(+position) FROM event INDEXED BY event_id');
    this.#streamId = rows('SELECT id FROM stream WHERE name = ?');
    const ofStream = `SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision`;
    this.#forwards = rows(`${ofStream} >= ? ORDER BY revision LIMIT ?`);
    this.#backwards = rows(`${ofStream} <= ? ORDER BY revision DESC LIMIT ?`);
  }

  /** 0n in an empty log. */
  head(): bigint {
    try {
      return numberOf(this.#head.all());
    } catch (error) {
      if (sqliteCode(error) !== SQLITE.CORRUPT) throw error;
      // The last page is damaged: the index of the ids has the positions as well, one by one.
      return numberOf(this.#headByIndex.all());
    }
  }

  readStream(stream: StreamName, options: ReadStreamOptions = {}): RecordedEvent[] {
    const [found] = this.#streamId.all(stream) as unknown as [bigint][];
    if (!found) return [];
    const limit = options.maxCount ?? -1;
    const rows =
      options.direction === 'backwards'
        ? this.#backwards.all(found[0], options.from ?? 2n ** 63n - 1n, limit)
        : this.#forwards.all(found[0], options.from ?? 0n, limit);
    return this.#recorded(rows);
  }

  /** Up to `limit` events after `after`. */
  page(after: bigint, limit: number, types?: readonly string[]): LogPage {
    if (types) return this.#filteredPage(after, limit, types);
    const events = this.#recorded(this.#page.all(after, limit));
    const last = events.at(-1);
    return { events, position: last ? BigInt(last.position) : after, atEnd: events.length < limit };
  }

  close(): void {
    this.#db.close();
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
    const hashes = Buffer.allocUnsafeSlow(rows.length * HASH_BYTES);
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
