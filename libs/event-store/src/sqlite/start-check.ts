import type { DatabaseSync } from 'node:sqlite';
import { foreignIn, isDamage } from '@deskside/sqlite';
import { printable } from '../integrity';
import type { KnownHead } from '../integrity';
import { impossibleIndex, LOG_SCHEMA, missingIndexes, openLogForReading, usableIndexes } from './log-schema';
import { holesIn, isAt } from './signed-rows';
import type { SqliteLogReaderOptions } from './sqlite-log-reader';

/** A condition that every row meets: without one SQLite would count in whatever tree is the smallest. */
const wholeTree = {
  event_place: 'event INDEXED BY event_place WHERE stream >= 0',
  event_id: `event INDEXED BY event_id WHERE id >= x''`,
  stream: 'stream NOT INDEXED WHERE id >= 0',
  streamName: `stream INDEXED BY sqlite_autoindex_stream_1 WHERE name >= ''`,
  meta: `meta WHERE name >= ''`,
  type: 'type NOT INDEXED WHERE id >= 0',
  typeName: `type INDEXED BY sqlite_autoindex_type_1 WHERE name >= ''`,
} as const;

export interface Doubt {
  readonly reason: string;
  /** The file itself is damaged, even where an audit, which reads the events alone, finds nothing. */
  readonly isCertain: boolean;
}

/**
 * Why the log may have lost something; null when it has all that is known of it. It counts and looks at single events,
 * some 100 ms for a million: whether anything is missing, and what, only an audit says.
 */
export function doubtAbout(db: DatabaseSync, head: KnownHead | null): Doubt | null {
  try {
    const damage = damageIn(db);
    if (damage !== null) return certain(damage);
    const reason = countDoubt(db) ?? headDoubt(db, head);
    return reason === null ? null : { reason, isCertain: false };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    return certain(why);
  }
}

/** What is wrong with the file, apart from its events. @throws what SQLite throws for a damaged page */
function damageIn(db: DatabaseSync): string | null {
  const foreign = foreignIn(db, LOG_SCHEMA);
  if (foreign !== null) return `it contains what is not its own (${foreign})`;
  if (impossibleIndex(db) !== null) return 'two of its events stand in one place or have one id';
  // Damaged pages of these would show when they are written next, and not before.
  for (const tree of ['stream', 'streamName', 'type', 'typeName', 'meta'] as const) rowsIn(db, tree);
  return null;
}

function certain(why: string): Doubt {
  return { reason: printable(`The file of the log is damaged: ${why}.`), isCertain: true };
}

/** Why the file of a log is damaged, in a sentence, even though its events may be whole; null when it is not. */
export function damageOfFile({ file, ...options }: SqliteLogReaderOptions): string | null {
  const db = openLogForReading(file, options.isStill ?? false);
  try {
    const doubt = doubtAbout(db, null);
    return doubt?.isCertain ? doubt.reason : null;
  } finally {
    db.close();
  }
}

export interface MissingIndexes {
  readonly names: readonly string[];
  /** The next start makes them anew. */
  readonly canBeMade: boolean;
}

/** Which indexes the file of a log lacks. It can be read without them. */
export function missingIndexesOf({ file, ...options }: SqliteLogReaderOptions): MissingIndexes {
  const db = openLogForReading(file, options.isStill ?? false);
  try {
    return { names: missingIndexes(db), canBeMade: canBeMade(db) };
  } finally {
    db.close();
  }
}

function canBeMade(db: DatabaseSync): boolean {
  try {
    return impossibleIndex(db) === null;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** Each index has a row for each event, and positions rise by one, apart from those of losses that were accepted. */
function countDoubt(db: DatabaseSync): string | null {
  const head = numberIn(db, 'SELECT ifnull(max(position), 0) AS n FROM event');
  const holes = holesIn(db);
  if (holes === null) return 'The last event of the newest checkpoint is missing or another one.';
  // A log that nobody has opened for writing since may lack some; the events can be counted without them.
  for (const index of usableIndexes(db)) {
    const events = rowsIn(db, index);
    if (events !== head - holes) return `The log has ${events} events where ${head - holes} were written.`;
  }
  return null;
}

function headDoubt(db: DatabaseSync, head: KnownHead | null): string | null {
  if (head === null || isAt(db, head)) return null;
  return `The event at position ${head.position} is missing or another one.`;
}

function rowsIn(db: DatabaseSync, tree: keyof typeof wholeTree): bigint {
  return numberIn(db, `SELECT count(*) AS n FROM ${wholeTree[tree]}`);
}

function numberIn(db: DatabaseSync, sql: string): bigint {
  const statement = db.prepare(sql);
  statement.setReadBigInts(true);
  return statement.get()?.['n'] as bigint;
}
