import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isDamage } from '@deskside/sqlite';

const NAMES_KEPT = 100_000;

/** An event is of a stream or a type that has no name any more. */
export class NameGone extends Error {
  constructor(id: bigint) {
    super(`The event log names ${id} that it does not have.`);
    this.name = 'NameGone';
  }
}

/** Names that were interned as numbers; read once each and kept while there are not too many. */
export class Names {
  readonly #name: StatementSync;
  readonly #id: StatementSync;
  /** All names, from the index that keeps them unique, or from the table itself: when one of the two is damaged. */
  readonly #fromIndex: StatementSync;
  readonly #fromTable: StatementSync;
  readonly #passesOver: boolean;
  readonly #known = new Map<bigint, string>();

  /** @param passesOver names of a damaged table are taken from its index, and the other way round */
  constructor(db: DatabaseSync, table: 'stream' | 'type', passesOver: boolean) {
    const index = `${table} INDEXED BY sqlite_autoindex_${table}_1`;
    this.#name = db.prepare(`SELECT name FROM ${table} WHERE id = ?`);
    this.#id = bigints(db.prepare(`SELECT id FROM ${table} WHERE name = ?`));
    this.#fromIndex = bigints(db.prepare(`SELECT id, name FROM ${index} WHERE name >= ''`));
    this.#fromTable = bigints(db.prepare(`SELECT id FROM ${table} NOT INDEXED WHERE name = ?`));
    this.#passesOver = passesOver;
  }

  /** @throws NameGone when there is none */
  of(id: bigint): string {
    return this.#known.get(id) ?? this.#load(id);
  }

  idOf(name: string): bigint | undefined {
    return this.#orElse(
      () => idIn(this.#id.get(name)),
      () => idIn(this.#fromTable.get(name)),
    );
  }

  #load(id: bigint): string {
    const name = this.#orElse(
      () => this.#name.get(id)?.['name'],
      () => this.#all().get(id),
    );
    if (typeof name !== 'string') throw new NameGone(id);
    if (this.#known.size >= NAMES_KEPT) this.#known.clear();
    this.#known.set(id, name);
    return name;
  }

  #all(): ReadonlyMap<bigint, string> {
    for (const row of this.#fromIndex.all()) this.#known.set(row['id'] as bigint, row['name'] as string);
    return this.#known;
  }

  #orElse<Result>(read: () => Result, otherwise: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (!this.#passesOver || !isDamage(error)) throw error;
      return otherwise();
    }
  }
}

function idIn(row: Record<string, unknown> | undefined): bigint | undefined {
  return row?.['id'] as bigint | undefined;
}

function bigints(statement: StatementSync): StatementSync {
  statement.setReadBigInts(true);
  return statement;
}
