import type { DatabaseSync } from 'node:sqlite';
import type { SealedSecret } from './sealed-secret';
import { SecretReader } from './secret-reader';

/** Writes and removes secrets in the vault's file, inside a transaction of the caller's. */
export class SecretWriter {
  readonly #db: DatabaseSync;
  readonly #reader: SecretReader;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#reader = new SecretReader(db);
  }

  /** @returns whether another one was replaced. */
  put({ kind, id, owner, expiresAt, sealed }: SealedSecret): boolean {
    const replaced = this.#reader.find(kind, id) !== null;
    this.#db
      .prepare('INSERT OR REPLACE INTO secret (kind, id, owner, expires_at, sealed) VALUES (?, ?, ?, ?, ?)')
      .run(kind, id, owner, expiresAt, sealed);
    return replaced;
  }

  remove(kind: string, id: string): number {
    return this.#delete('kind = ? AND id = ?', [kind, id]);
  }

  removeOwned(owner: string, kinds: readonly string[]): number {
    return this.#delete('owner = ? AND kind IN (SELECT value FROM json_each(?))', [owner, JSON.stringify(kinds)]);
  }

  sweep(now: number): number {
    return this.#delete('expires_at <= ?', [now]);
  }

  #delete(where: string, values: (string | number)[]): number {
    return Number(this.#db.prepare(`DELETE FROM secret WHERE ${where}`).run(...values).changes);
  }
}
