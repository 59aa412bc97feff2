import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { Position } from '@deskside/event-store';
import { faultOfPages } from './file-check';
import { FileReplaced, messageOf } from './file-trouble';
import type { Change, Projection } from './projection';

const BUSY_TIMEOUT_MS = 5000;

/** NORMAL: a power cut may take the newest commits, each with its checkpoint, and they are made again from the log. */
const PRAGMAS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;';

/** What was deleted is overwritten, and nothing is spilled into temporary files. */
const NO_TRACE_PRAGMAS = 'PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;';

const STATE_SCHEMA = `
  CREATE TABLE projection_state (
    id INTEGER PRIMARY KEY CHECK (id = 1), checkpoint TEXT, complete INTEGER NOT NULL
  ) STRICT;
`;

/** A file as it was found, or why it is to be made again. */
export type FoundFile = { readonly file: ProjectionFile } | { readonly spoilt: string };

/** The only writer of one projection's file: rows and checkpoint change together. */
export class ProjectionFile {
  readonly path: string;
  readonly #db: DatabaseSync;
  readonly #statements: ReadonlyMap<string, StatementSync>;
  readonly #move: StatementSync;
  #checkpoint: Position | null;
  #tracesLeft: boolean;
  readonly #inode: bigint | undefined;

  private constructor(path: string, db: DatabaseSync, projection: Projection) {
    this.path = path;
    this.#inode = inodeOf(path);
    this.#db = db;
    this.#statements = new Map(Object.entries(projection.statements).map(([name, sql]) => [name, db.prepare(sql)]));
    this.#move = db.prepare('UPDATE projection_state SET checkpoint = ?');
    this.#checkpoint = (db.prepare('SELECT checkpoint FROM projection_state').get()?.['checkpoint'] ??
      null) as Position | null;
    // A crash between an erasure's commit and the emptying of the write-ahead log leaves this to the next start.
    this.#tracesLeft = projection.opensPersonalText === true;
    this.emptyTraces();
  }

  /** An empty file. `complete: false`: it is being built beside another and counts for nothing until it is complete. */
  static create(path: string, projection: Projection, { complete }: { complete: boolean }): ProjectionFile {
    const db = connect(path, projection);
    try {
      db.exec(`BEGIN; ${STATE_SCHEMA} ${projection.schema}`);
      db.prepare('INSERT INTO projection_state (id, checkpoint, complete) VALUES (1, NULL, ?)').run(Number(complete));
      db.exec('COMMIT');
      return new ProjectionFile(path, db, projection);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** The file as it was left. @param isChecked its pages are looked through first */
  static open(path: string, projection: Projection, { isChecked }: { isChecked: boolean }): FoundFile {
    let db: DatabaseSync | undefined;
    let spoilt = 'it was not built to its end';
    try {
      db = connect(path, projection);
      const complete = db.prepare('SELECT complete FROM projection_state').get()?.['complete'] === 1;
      const fault = isChecked ? faultOfPages(db) : null;
      if (complete && fault === null) return { file: new ProjectionFile(path, db, projection) };
      spoilt = fault ?? spoilt;
    } catch (error) {
      // Whatever is wrong with it, the log has all that it had.
      spoilt = messageOf(error);
    }
    db?.close();
    return { spoilt };
  }

  get checkpoint(): Position | null {
    return this.#checkpoint;
  }

  /** All or nothing; says whether rows have changed. @throws what SQLite says, with the file as it was before. */
  commit(changes: readonly Change[], checkpoint: Position): boolean {
    let rows = 0;
    let erased = 0;
    if (inodeOf(this.path) !== this.#inode) throw new FileReplaced();
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const { statement, params, erases } of changes) {
        const changed = Number(this.#named(statement).run(params).changes);
        rows += changed;
        if (erases === true) erased += changed;
      }
      this.#move.run(checkpoint);
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
    this.#checkpoint = checkpoint;
    if (erased > 0) this.#leaveNoTrace();
    return rows > 0;
  }

  /** From now on this file is the projection's, before every older one, also after a crash. */
  markComplete(): void {
    this.#db.exec('UPDATE projection_state SET complete = 1');
    // Synced into the file before the older one may go.
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Tries again what a reader may have held up. */
  emptyTraces(): void {
    if (!this.#tracesLeft) return;
    const busy = this.#db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'];
    this.#tracesLeft = busy !== 0;
  }

  close(): void {
    this.#db.close();
  }

  /** Personal text was erased: older pages that show it may not stay in the write-ahead log. */
  #leaveNoTrace(): void {
    this.#tracesLeft = true;
    this.emptyTraces();
  }

  #named(statement: string): StatementSync {
    const found = this.#statements.get(statement);
    if (found === undefined) throw new Error(`The projection has no statement ${statement}.`);
    return found;
  }
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

function connect(path: string, projection: Projection): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    if (projection.opensPersonalText === true) db.exec(NO_TRACE_PRAGMAS);
    db.exec(PRAGMAS);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
