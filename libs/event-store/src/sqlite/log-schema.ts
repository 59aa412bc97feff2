import { DatabaseSync } from 'node:sqlite';
import { isPassing, passivePath, SQLITE, sqliteCode, whenFree } from '@deskside/sqlite';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { LogUnavailable } from '../event-store';
import { printable } from '../integrity';

/**
 * Ids are stored as 16 bytes: as text they cost a fifth of the throughput. Stream and type names are kept once each.
 * `position` is given by the writer, without gaps; `body` is the sealed text, letter for letter.
 */
const LOG_TABLES = `
  CREATE TABLE IF NOT EXISTS stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS type (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS event (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES stream (id),
    revision INTEGER NOT NULL,
    type INTEGER NOT NULL REFERENCES type (id),
    id BLOB NOT NULL,
    hash BLOB NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

const columnsOf = { event_place: 'stream, revision', event_id: 'id' } as const;
export type LogIndex = keyof typeof columnsOf;
export const logIndexes = Object.keys(columnsOf) as readonly LogIndex[];

const LOG_INDEXES = logIndexes
  .map((name) => `CREATE UNIQUE INDEX IF NOT EXISTS ${name} ON event (${columnsOf[name]});`)
  .join('\n');

export const LOG_SCHEMA = `${LOG_TABLES}${LOG_INDEXES}`;

/** Indexes that somebody has taken out of a log; whoever opens it for writing makes them anew. */
export function missingIndexes(db: DatabaseSync): readonly LogIndex[] {
  const found = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'index'`).all();
  return logIndexes.filter((name) => !found.some((index) => index['name'] === name));
}

/** Those by which all events can be found: not one of the same name that somebody has put in their place. */
export function usableIndexes(db: DatabaseSync): readonly LogIndex[] {
  const found = db.prepare(`SELECT sql FROM sqlite_schema WHERE type = 'index'`).all();
  const isMade = (name: LogIndex): boolean =>
    found.some(({ sql }) => sql === `CREATE UNIQUE INDEX ${name} ON event (${columnsOf[name]})`);
  return logIndexes.filter(isMade);
}

/** An index that is missing and cannot be made, as two events stand in one place or have one id; null when all can be. */
export function impossibleIndex(db: DatabaseSync): LogIndex | null {
  const isImpossible = (name: LogIndex): boolean =>
    db.prepare(`SELECT 1 FROM event GROUP BY ${columnsOf[name]} HAVING count(*) > 1 LIMIT 1`).get() !== undefined;
  return missingIndexes(db).find(isImpossible) ?? null;
}

/** FULL syncs the write-ahead log at each commit; a large checkpoint interval spares the random id index most rewrites. */
export const LOG_PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 8000;
  PRAGMA cache_size = -65536;
  PRAGMA foreign_keys = OFF;
`;

/** The writer has a thread to itself, and nothing else to do while it waits. */
export const BUSY_TIMEOUT_MS = 5000;

/** Why a log cannot be opened; the message is one sentence for the operator. */
export class LogUnusable extends Error {
  /** Only what is unreadable stays so. */
  readonly code: 'LOG_UNREADABLE' | 'LOG_IN_USE' | 'LOG_TAKEN_AWAY' | 'LOG_UNAVAILABLE';

  constructor(code: LogUnusable['code'], message: string) {
    super(message);
    this.name = 'LogUnusable';
    this.code = code;
  }
}

/** One sentence for whatever SQLite says of a file that is no database, has lost pages, or is held by somebody else. */
export function describeUnusable(file: string, error: unknown): LogUnusable {
  if (error instanceof LogUnusable) return error;
  if (error instanceof LogUnavailable) return new LogUnusable('LOG_UNAVAILABLE', error.message);
  // SQLite names in it what a damaged file contains.
  const message = printable(error instanceof Error ? error.message : String(error));
  const code = codeOf(error);
  const next = code === 'LOG_UNREADABLE' ? ' Restore it from a backup.' : '';
  return new LogUnusable(code, `The event log ${file} cannot be used: ${message}.${next}`);
}

function codeOf(error: unknown): LogUnusable['code'] {
  if (sqliteCode(error) === SQLITE.BUSY) return 'LOG_IN_USE';
  return isPassing(error) ? 'LOG_UNAVAILABLE' : 'LOG_UNREADABLE';
}

/** Where the head of a log is kept beside it. */
export function headFileOf(file: string): string {
  return `${file}-head`;
}

/** Held by the one process that writes a log. */
export function lockFileOf(file: string): string {
  return `${file}-lock`;
}

/** Bytes that the file's header promises (https://www.sqlite.org/fileformat.html, section 1.3); 0 when it has none. */
function promisedBytes(file: string): number {
  const header = Buffer.alloc(32);
  const descriptor = openSync(file, 'r');
  const read = readSync(descriptor, header, 0, header.length, 0);
  closeSync(descriptor);
  if (read < header.length || !header.toString('latin1').startsWith('SQLite format 3')) return 0;
  const pageSize = header.readUInt16BE(16);
  return header.readUInt32BE(28) * (pageSize === 1 ? 65_536 : pageSize);
}

/** @throws LogUnusable when the file ends before its own header says so: a copy was cut off. */
export function refuseTruncated(file: string): void {
  if (!existsSync(file)) return;
  if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) return; // pages may still stand in the WAL alone
  const promised = promisedBytes(file);
  const actual = statSync(file).size;
  if (actual >= promised) return;
  throw new LogUnusable(
    'LOG_UNREADABLE',
    `The event log ${file} is cut off: ${actual} of ${promised} bytes are there. Restore it from a backup.`,
  );
}

/** The writer's connection. @throws LogUnusable when the file is not a log or is cut off. */
export function openLogForWriting(file: string): DatabaseSync {
  refuseTruncated(file);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    db.exec(LOG_PRAGMAS);
    db.exec(LOG_TABLES);
    makeIndexes(db);
    return db;
  } catch (error) {
    db?.close();
    throw describeUnusable(file, error);
  }
}

/** Without one that cannot be made the log is damaged, and can be read. */
function makeIndexes(db: DatabaseSync): void {
  try {
    db.exec(LOG_INDEXES);
  } catch (error) {
    if (sqliteCode(error) !== SQLITE.CONSTRAINT) throw error;
  }
}

/**
 * A connection that cannot write, and that waits for no lock: its thread has others to serve. Throws whatever SQLite says;
 * `opened` makes a sentence of it.
 */
export function openLogForReading(file: string, isStill: boolean): DatabaseSync {
  const db = new DatabaseSync(isStill ? passivePath(file) : file, { readOnly: true, timeout: 0 });
  try {
    db.exec('PRAGMA cache_size = -16384');
    // Throws for what is no log, and reads no page that may be damaged: what can be read of a log is read.
    db.prepare('SELECT name FROM stream');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What `open` gives, as soon as no other process has locked the file. @throws LogUnusable when there is no readable log. */
export async function opened<Result>(file: string, open: () => Result): Promise<Result> {
  try {
    return await whenFree(open);
  } catch (error) {
    throw describeUnusable(file, error);
  }
}
