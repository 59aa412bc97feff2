import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ErasureMark } from '../vault';

/** Not `erasures`, where older versions keep a position alone: that one may stand behind the end of a restored log. */
const name = 'erasures_applied';
const written = /^(.+) (\d+) ([0-9a-f]{64})$/;

export class ErasureMarkReader {
  readonly #select: StatementSync;

  constructor(db: DatabaseSync) {
    this.#select = db.prepare('SELECT value FROM meta WHERE name = ?');
  }

  /** What is no mark reads as none. Throws SQLite's BUSY. */
  read(): ErasureMark | null {
    const value = this.#select.get(name)?.['value'];
    const [, stream, revision, hash] = written.exec(typeof value === 'string' ? value : '') ?? [];
    return stream !== undefined && revision !== undefined && hash !== undefined ? { stream, revision, hash } : null;
  }
}

export class ErasureMarkWriter {
  readonly #upsert: StatementSync;

  constructor(db: DatabaseSync) {
    this.#upsert = db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  }

  write({ stream, revision, hash }: ErasureMark): null {
    this.#upsert.run(name, `${stream} ${revision} ${hash}`);
    return null;
  }
}
