import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isDamage, SQLITE, sqliteCode } from '@deskside/sqlite';
import type { LogDamage, LogIntegrity, StreamName } from '../event-store';
import { damageAt, damageBefore, damageInGap, faultOf, sentenceOf } from '../integrity';
import { GENESIS_HASH } from '../seal';
import { readEventId } from './event-id-bytes';
import { toHead } from './log-position';
import { acceptedUpTo } from './signed-rows';

type Row = [
  position: bigint,
  streamId: bigint,
  stream: string,
  revision: bigint,
  type: string,
  id: Uint8Array,
  hash: Uint8Array,
  body: string,
];

const LINKS_KEPT = 100_000;
const META = 'verified';

/**
 * Checks, in `$all` order from the last verified or accepted position, that each event's bytes fit its hash and its stream's
 * previous event, and that its columns say what its bytes say. Writes nothing but that position, and nothing at all after damage.
 */
export class LogVerifier {
  readonly #page: StatementSync;
  readonly #link: StatementSync;
  readonly #save: StatementSync;
  /** Newest verified revision and hash of each stream seen. */
  readonly #links = new Map<bigint, { revision: bigint; hash: Uint8Array }>();
  #verified: bigint;
  #saved: bigint;
  #integrity: LogIntegrity;

  /**
   * @param from position behind which it begins; absent: where the last check of this file ended, or the newest loss was
   * accepted, since what is noted of the check may be lost
   */
  constructor(db: DatabaseSync, from?: bigint | undefined) {
    const rows = (sql: string): StatementSync => {
      const statement = db.prepare(sql);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#page = rows(
      `SELECT position, event.stream, stream.name, revision, type.name, event.id, hash, body
       FROM event LEFT JOIN stream ON stream.id = event.stream LEFT JOIN type ON type.id = event.type
       WHERE position > ? ORDER BY position LIMIT ?`,
    );
    this.#link = rows('SELECT hash FROM event WHERE stream = ? AND revision = ?');
    // Asked for rows: `run` would answer the last row id, which may not fit a number.
    this.#save = rows('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
    const saved = db.prepare('SELECT value FROM meta WHERE name = ?').get(META)?.['value'];
    this.#saved = typeof saved === 'string' && /^\d{1,18}$/.test(saved) ? BigInt(saved) : 0n;
    const noted = atMost(this.#saved, rows('SELECT ifnull(max(position), 0) FROM event'));
    this.#verified = from ?? later(noted, acceptedUpTo(db, noted));
    this.#integrity = { status: 'verifying', verifiedUpTo: toHead(this.#verified) };
  }

  get integrity(): LogIntegrity {
    return this.#integrity;
  }

  /** Checks up to `limit` more events; false when there is nothing left to do. @throws what keeps it from reading on */
  step(limit: number): boolean {
    if (this.#integrity.status === 'damaged') return false;
    const damage = this.#check(limit);
    if (damage !== 'none') {
      this.#integrity = damage === 'end' ? { status: 'whole', verifiedUpTo: toHead(this.#verified) } : damage;
      return false;
    }
    this.#integrity = { status: 'verifying', verifiedUpTo: toHead(this.#verified) };
    return true;
  }

  /** Remembers in the file how far the log is verified, for the next start. */
  save(): void {
    if (this.#integrity.status === 'damaged' || this.#saved === this.#verified) return;
    this.#save.all(META, this.#verified.toString());
    this.#saved = this.#verified;
  }

  #check(limit: number): LogDamage | 'none' | 'end' {
    let rows: Row[];
    try {
      rows = this.#page.all(this.#verified, limit) as unknown as Row[];
    } catch (error) {
      // Another process has it locked: that is no damage, and it is looked at again.
      if (sqliteCode(error) === SQLITE.BUSY) return 'none';
      if (!isDamage(error)) throw error;
      return this.#unreadable(error);
    }
    for (const row of rows) {
      const damage = this.#damageAt(row);
      if (damage !== undefined) return damage;
      [this.#verified] = row;
    }
    return rows.length < limit ? 'end' : 'none';
  }

  #damageAt(row: Row): LogDamage | undefined {
    const [position, streamId, name, revision, type, id, hash, body] = row;
    const stream = name as StreamName;
    const previous = this.#previousHash(streamId, revision);
    if (!previous) return damageBefore({ stream, revision });
    if (position !== this.#verified + 1n) return damageInGap(this.#verified + 1n, position - 1n);
    const fault = faultOf({ stream, revision, type, id: readEventId(id), hash, body }, previous);
    if (fault !== undefined) return damageAt({ stream, revision }, fault);
    if (this.#links.size >= LINKS_KEPT) this.#links.clear();
    this.#links.set(streamId, { revision, hash });
    return undefined;
  }

  #previousHash(streamId: bigint, revision: bigint): Uint8Array | undefined {
    if (revision === 0n) return GENESIS_HASH;
    const known = this.#links.get(streamId);
    if (known?.revision === revision - 1n) return known.hash;
    const [row] = this.#link.all(streamId, revision - 1n) as unknown as [Uint8Array][];
    return row?.[0];
  }

  /** A page of the file that cannot be read: the event behind the last good one is the first that is lost. */
  #unreadable(error: unknown): LogDamage {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = sentenceOf({ kind: 'unreadableBehind', behind: String(this.#verified), reason });
    return { status: 'damaged', place: null, reason: sentence };
  }
}

/** What is noted may be of a log that was longer, or be anything: nothing behind the head has been verified. */
function atMost(noted: bigint, headQuery: StatementSync): bigint {
  const [[head] = [0n]] = headQuery.all() as unknown as [bigint][];
  return noted < head ? noted : head;
}

function later(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
