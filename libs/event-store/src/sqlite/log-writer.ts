import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { canWrite, SQLITE, sqliteCode } from '@deskside/sqlite';
import type { AppendResult, ExpectedRevision } from '../event-store';
import { ID_BYTES } from './event-id-bytes';
import { toPosition } from './log-position';
import { RECORD_BYTES } from './writer-messages';
import type { AppendBatch } from './writer-messages';

/** Last revision of a stream as this writer knows it; -1n before its first event. `id` 0n: not interned yet. */
interface StreamTail {
  id: bigint;
  last: bigint;
}

/** One append inside a batch: its place there and among the batch's events. */
export interface AppendPlace {
  readonly index: number;
  readonly firstEvent: number;
}

interface StoredPlace {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
}

const TAILS_KEPT = 200_000;
const NO_STREAM = -1n;

/**
 * Appends inside a transaction that the caller begins and ends. Expectations are checked against tails in memory, so a
 * group of appends needs no savepoints: a conflict writes nothing and the others go on.
 */
export class LogWriter {
  readonly #db: DatabaseSync;
  readonly #maxEventBytes: number;
  readonly #tails = new Map<string, StreamTail>();
  readonly #types = new Map<string, bigint>();
  readonly #insert: StatementSync;
  readonly #headQuery: StatementSync;
  readonly #tailQuery: StatementSync;
  readonly #placeQuery: StatementSync;
  #head: bigint;
  #lastHash: Uint8Array | null = null;

  constructor(db: DatabaseSync, maxEventBytes: number) {
    this.#db = db;
    this.#maxEventBytes = maxEventBytes;
    // Bigints here too: `run` answers the row id, and throws when that does not fit a number.
    this.#insert = this.#bigints(
      'INSERT INTO event (position, stream, revision, type, id, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#headQuery = this.#bigints('SELECT ifnull(max(position), 0) AS head FROM event');
    this.#tailQuery = this.#bigints(
      'SELECT id, (SELECT max(revision) FROM event WHERE event.stream = stream.id) AS last FROM stream WHERE name = ?',
    );
    this.#placeQuery = this.#bigints(
      'SELECT position, name AS stream, revision FROM event JOIN stream ON stream.id = event.stream WHERE event.id = ?',
    );
    this.#head = this.#readHead();
  }

  /** Position of the newest event, also of those that the open transaction has added. */
  get head(): bigint {
    return this.#head;
  }

  /** Hash of the newest event; null until this writer has added one. */
  get lastHash(): Uint8Array | null {
    return this.#lastHash;
  }

  begin(): void {
    this.#db.exec('BEGIN IMMEDIATE');
    if (this.#tails.size > TAILS_KEPT) this.#tails.clear();
  }

  commit(): void {
    this.#db.exec('COMMIT');
  }

  /** Whether something can be written at this moment. */
  canWrite(): boolean {
    return canWrite(this.#db);
  }

  /** For a lock that another process holds. */
  waitNoLongerThan(ms: number): void {
    this.#db.exec(`PRAGMA busy_timeout = ${ms}`);
  }

  /** Forgets the transaction and all that was remembered of it; the file decides. */
  rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    this.#tails.clear();
    this.#types.clear();
    this.#head = this.#readHead();
    this.#lastHash = null;
  }

  /** @throws what SQLite throws for the disk; the caller rolls the group back. */
  append(batch: AppendBatch, place: AppendPlace): AppendResult {
    const stream = batch.streams[place.index] ?? '';
    const tail = this.#tail(stream);
    if (batch.counts[place.index] === 0) return this.#nothing(tail);
    const tooLarge = this.#tooLarge(batch, place);
    if (tooLarge) return tooLarge;
    if (!meets(tail.last, batch.expected[place.index] ?? 'any')) {
      return this.#already(batch, place) ?? { ok: false, code: 'REVISION_CONFLICT', actual: actual(tail) };
    }
    return this.#write(tail, batch, place);
  }

  /** An empty append writes nothing: vacuously all its events are there already. */
  #nothing(tail: StreamTail): AppendResult {
    return { ok: true, position: toPosition(this.#head), lastRevision: tail.last, alreadyThere: true };
  }

  #write(tail: StreamTail, batch: AppendBatch, place: AppendPlace): AppendResult {
    const headBefore = this.#head;
    const hashBefore = this.#lastHash;
    const lastBefore = tail.last;
    try {
      if (tail.id === 0n) tail.id = this.#intern('stream', batch.streams[place.index] ?? '');
      this.#insertEvents(tail, batch, place);
      return { ok: true, position: toPosition(this.#head), lastRevision: tail.last, alreadyThere: false };
    } catch (error) {
      if (sqliteCode(error) !== SQLITE.CONSTRAINT) throw error;
      // Only this append is taken back: what it added before the id that was there already.
      this.#bigints('DELETE FROM event WHERE position > ?').run(headBefore);
      this.#head = headBefore;
      this.#lastHash = hashBefore;
      tail.last = lastBefore;
      return this.#already(batch, place) ?? idTaken('Two events of one append have the same id.');
    }
  }

  #insertEvents(tail: StreamTail, batch: AppendBatch, { index, firstEvent }: AppendPlace): void {
    const end = firstEvent + (batch.counts[index] ?? 0);
    for (let at = firstEvent; at < end; at++) {
      const offset = at * RECORD_BYTES;
      const id = batch.binary.subarray(offset, offset + ID_BYTES);
      const hash = batch.binary.subarray(offset + ID_BYTES, offset + RECORD_BYTES);
      const type = this.#type(batch.types[at] ?? '');
      this.#insert.run(this.#head + 1n, tail.id, tail.last + 1n, type, id, hash, batch.bodies[at] ?? '');
      this.#head += 1n;
      this.#lastHash = hash;
      tail.last += 1n;
    }
  }

  /** The answer for ids that the log has; undefined when it has none of them. */
  #already(batch: AppendBatch, { index, firstEvent }: AppendPlace): AppendResult | undefined {
    const count = batch.counts[index] ?? 0;
    const places: StoredPlace[] = [];
    for (let at = firstEvent; at < firstEvent + count; at++) {
      const place = this.#placeOf(batch.binary.subarray(at * RECORD_BYTES, at * RECORD_BYTES + ID_BYTES));
      if (place) places.push(place);
    }
    const last = places.at(-1);
    if (!last) return undefined;
    if (places.length < count || !inOrder(places, batch.streams[index])) return idTaken(takenSentence(last));
    return { ok: true, position: toPosition(last.position), lastRevision: last.revision, alreadyThere: true };
  }

  #tooLarge(batch: AppendBatch, { index, firstEvent }: AppendPlace): AppendResult | undefined {
    for (let at = firstEvent; at < firstEvent + (batch.counts[index] ?? 0); at++) {
      const body = batch.bodies[at] ?? '';
      if (body.length * 3 <= this.#maxEventBytes) continue; // cannot be too large, whatever its letters
      const bytes = Buffer.byteLength(body);
      if (bytes <= this.#maxEventBytes) continue;
      const reason = `An event of ${bytes} bytes is larger than the ${this.#maxEventBytes} that the log takes.`;
      return { ok: false, code: 'EVENT_TOO_LARGE', reason };
    }
    return undefined;
  }

  #tail(stream: string): StreamTail {
    const known = this.#tails.get(stream);
    if (known) return known;
    const row = this.#tailQuery.get(stream) as { id: bigint; last: bigint | null } | undefined;
    const tail = { id: row?.id ?? 0n, last: row?.last ?? NO_STREAM };
    this.#tails.set(stream, tail);
    return tail;
  }

  #type(name: string): bigint {
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    const row = this.#bigints('SELECT id FROM type WHERE name = ?').get(name) as { id: bigint } | undefined;
    const id = row?.id ?? this.#intern('type', name);
    this.#types.set(name, id);
    return id;
  }

  #intern(table: 'stream' | 'type', name: string): bigint {
    return this.#bigints(`INSERT INTO ${table} (name) VALUES (?) RETURNING id`).get(name)?.['id'] as bigint;
  }

  #placeOf(id: Uint8Array): StoredPlace | undefined {
    return this.#placeQuery.get(id) as unknown as StoredPlace | undefined;
  }

  #readHead(): bigint {
    return this.#headQuery.get()?.['head'] as bigint;
  }

  #bigints(sql: string): StatementSync {
    const statement = this.#db.prepare(sql);
    statement.setReadBigInts(true);
    return statement;
  }
}

function meets(last: bigint, expected: ExpectedRevision): boolean {
  if (expected === 'any') return true;
  if (expected === 'noStream') return last === NO_STREAM;
  return expected === 'streamExists' ? last !== NO_STREAM : last === expected;
}

/** True when all stand in that stream, each behind the one before. */
function inOrder(places: readonly StoredPlace[], stream: string | undefined): boolean {
  return places.every(
    (place, at) => place.stream === stream && place.revision > (places[at - 1]?.revision ?? NO_STREAM),
  );
}

function actual(tail: StreamTail): bigint | null {
  return tail.last === NO_STREAM ? null : tail.last;
}

function takenSentence(place: StoredPlace): string {
  return `One of the ids stands at revision ${place.revision} of ${place.stream} already.`;
}

function idTaken(reason: string): AppendResult {
  return { ok: false, code: 'EVENT_ID_TAKEN', reason };
}
