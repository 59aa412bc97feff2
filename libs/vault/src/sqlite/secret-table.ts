import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SecretStore, StoredSecret } from '../vault';
import { leaveNoTraces } from './vault-file';

/** Secrets as rows; removing one leaves no byte of it. */
export class SecretTable implements SecretStore {
  readonly #db: DatabaseSync;
  readonly #put: StatementSync;
  readonly #get: StatementSync;
  readonly #remove: StatementSync;
  readonly #removeOwned: StatementSync;
  readonly #sweep: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#put = db.prepare(
      `INSERT INTO secrets (kind, id, owner, value, expires_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET owner = excluded.owner, value = excluded.value, expires_at = excluded.expires_at`,
    );
    this.#get = db.prepare('SELECT kind, id, owner, value, expires_at FROM secrets WHERE kind = ? AND id = ?');
    this.#remove = db.prepare('DELETE FROM secrets WHERE kind = ? AND id = ?');
    this.#removeOwned = db.prepare('DELETE FROM secrets WHERE owner = ? AND kind IN (SELECT value FROM json_each(?))');
    this.#sweep = db.prepare('DELETE FROM secrets WHERE expires_at <= ?');
  }

  async put({ kind, id, owner, value, expiresAt }: StoredSecret): Promise<void> {
    this.#put.run(kind, id, owner, JSON.stringify(value), expiresAt?.getTime() ?? null);
  }

  async get(kind: string, id: string, now: Date): Promise<StoredSecret | null> {
    const row = this.#get.get(kind, id);
    if (row === undefined) return null;
    const expiresAt = row['expires_at'] === null ? null : new Date(Number(row['expires_at']));
    if (expiresAt !== null && expiresAt <= now) return null;
    return { kind, id, owner: String(row['owner']), value: JSON.parse(String(row['value'])), expiresAt };
  }

  async take(kind: string, id: string, now: Date): Promise<StoredSecret | null> {
    const secret = await this.get(kind, id, now);
    const { changes } = this.#remove.run(kind, id);
    if (changes === 0) return null;
    leaveNoTraces(this.#db);
    return secret;
  }

  async remove(kind: string, id: string): Promise<void> {
    if (this.#remove.run(kind, id).changes > 0) leaveNoTraces(this.#db);
  }

  async removeOwned(owner: string, kinds: readonly string[]): Promise<number> {
    return this.#cleaned(Number(this.#removeOwned.run(owner, JSON.stringify(kinds)).changes));
  }

  async sweep(now: Date): Promise<number> {
    return this.#cleaned(Number(this.#sweep.run(now.getTime()).changes));
  }

  #cleaned(removed: number): number {
    if (removed > 0) leaveNoTraces(this.#db);
    return removed;
  }
}
