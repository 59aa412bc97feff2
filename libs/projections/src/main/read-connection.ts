import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { Rows } from '@deskside/read-model';

/** A checkpoint of the writing thread may hold a reader for a moment; a commit never does (WAL). */
const BUSY_TIMEOUT_MS = 1000;

/** A read-only connection to the file of one projection that can move to another file between two reads. */
export class ReadConnection implements Rows {
  #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string) {
    this.#db = ReadConnection.#open(file);
  }

  static #open(file: string): DatabaseSync {
    return new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  }

  /** All rows at once: a cursor left open would keep the write-ahead log from being emptied. */
  all<Row>(sql: string, ...params: readonly (string | number)[]): readonly Row[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement.all(...params) as unknown as readonly Row[];
  }

  moveTo(file: string): void {
    const next = ReadConnection.#open(file);
    this.close();
    this.#db = next;
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}
