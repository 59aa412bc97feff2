import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { Rows } from '@deskside/read-model';
import { fileTrouble, messageOf } from '../engine/file-trouble';
import { ReadModelUnavailable } from './read-model-unavailable';

/** Nothing on this thread waits for a lock. A reader meets none of the writer's (WAL), only those of a recovery after a crash. */
const BUSY_TIMEOUT_MS = 0;

interface Prepared {
  readonly statement: StatementSync;
  /** Columns that stand in a table as they are, and what JavaScript has for their type. */
  readonly columns: readonly (readonly [name: string, type: 'string' | 'number'])[];
}

/** A read-only connection to the file of one projection that can move to another file between two reads. */
export class ReadConnection implements Rows {
  readonly #model: string;
  readonly #onSpoilt: (file: string, reason: string) => void;
  #file: string;
  #db: DatabaseSync | undefined;
  #spoilt: string | null = null;
  readonly #statements = new Map<string, Prepared>();

  /** @param onSpoilt told once of each file that is not what was written; from then on it is not asked any more */
  constructor(model: string, file: string, onSpoilt: (file: string, reason: string) => void) {
    this.#model = model;
    this.#file = file;
    this.#onSpoilt = onSpoilt;
  }

  /** Why the file is not asked any more; null while it is. */
  get spoilt(): string | null {
    return this.#spoilt;
  }

  /** All rows at once: a cursor left open would keep the write-ahead log from being emptied. @throws ReadModelUnavailable */
  all<Row>(sql: string, ...params: readonly (string | number)[]): readonly Row[] {
    if (this.#spoilt !== null) throw this.#unavailable('it is being made again');
    try {
      const { statement, columns } = this.#prepared(sql);
      const rows = statement.all(...params);
      if (rows.every((row) => columns.every(([name, type]) => row[name] === null || typeof row[name] === type)))
        return rows as unknown as readonly Row[];
    } catch (error) {
      throw this.#understood(error);
    }
    throw this.#foundSpoilt(wrongShape);
  }

  /** What a query makes of rows: that it cannot says that they are not what was written. @throws ReadModelUnavailable */
  understand<Result>(query: () => Result): Result {
    try {
      return query();
    } catch (error) {
      throw isOfRows(error) ? this.#foundSpoilt(wrongShape) : error;
    }
  }

  moveTo(file: string): void {
    this.close();
    this.#file = file;
    this.#spoilt = null;
  }

  /** Not asked any more until it moves to another file. */
  refuse(reason: string): void {
    this.#spoilt ??= reason;
  }

  close(): void {
    this.#statements.clear();
    this.#db?.close();
    this.#db = undefined;
  }

  #prepared(sql: string): Prepared {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    this.#db ??= new DatabaseSync(this.#file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    const statement = this.#db.prepare(sql);
    const columns = statement.columns().flatMap(({ name, type }): Prepared['columns'] => {
      if (type === 'TEXT') return [[name, 'string']];
      return type === 'INTEGER' ? [[name, 'number']] : [];
    });
    const prepared = { statement, columns };
    this.#statements.set(sql, prepared);
    return prepared;
  }

  #understood(error: unknown): unknown {
    const trouble = fileTrouble(error);
    if (trouble === 'spoilt') return this.#foundSpoilt(messageOf(error));
    if (trouble === 'other') return error;
    return existsSync(this.#file) ? this.#unavailable(messageOf(error)) : this.#foundSpoilt('the file is gone');
  }

  #foundSpoilt(reason: string): ReadModelUnavailable {
    if (this.#spoilt === null) {
      this.#spoilt = reason;
      this.#onSpoilt(this.#file, reason);
    }
    return this.#unavailable(reason);
  }

  #unavailable(reason: string): ReadModelUnavailable {
    return new ReadModelUnavailable(this.#model, reason);
  }
}

/** Says nothing of what the row holds: it may be personal. */
const wrongShape = 'a row is not what was written';

/** What JSON.parse and a look into what it gave throw; Node's own complaints (of a parameter, say) have a code. */
function isOfRows(error: unknown): boolean {
  if (error instanceof Error && 'code' in error) return false;
  return error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError;
}
