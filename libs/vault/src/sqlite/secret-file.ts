import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { unwrap, wrap } from '../text-cipher';
import type { StoredSecret } from '../vault';
import { inTransaction, leaveNoTrace } from './vault-schema';

interface Row {
  readonly owner: string;
  readonly expires_at: number | null;
  readonly sealed: Uint8Array;
}

/** Secrets in the vault's file, sealed by the master key; what is removed leaves no trace in it. */
export class SecretFile {
  readonly #db: DatabaseSync;
  readonly #master: Uint8Array;
  readonly #select: StatementSync;

  constructor(db: DatabaseSync, master: Uint8Array) {
    this.#db = db;
    this.#master = master;
    this.#select = db.prepare('SELECT owner, expires_at, sealed FROM secret WHERE kind = ? AND id = ?');
  }

  put({ kind, id, owner, value, expiresAt }: StoredSecret): void {
    const sealed = wrap(this.#master, Buffer.from(JSON.stringify(value)), context(kind, id));
    const replaced = this.#row(kind, id) !== undefined;
    this.#db
      .prepare('INSERT OR REPLACE INTO secret (kind, id, owner, expires_at, sealed) VALUES (?, ?, ?, ?, ?)')
      .run(kind, id, owner, expiresAt?.getTime() ?? null, sealed);
    if (replaced) leaveNoTrace(this.#db);
  }

  get(kind: string, id: string, now: Date): StoredSecret | null {
    const row = this.#row(kind, id);
    if (!row || isPast(row, now)) return null;
    const value: unknown = JSON.parse(unwrap(this.#master, row.sealed, context(kind, id)).toString());
    return { kind, id, owner: row.owner, value, expiresAt: row.expires_at === null ? null : new Date(row.expires_at) };
  }

  /** Looks and removes in one transaction, so that of two callers, in one process or two, one gets it. */
  take(kind: string, id: string, now: Date): StoredSecret | null {
    const taken = inTransaction(this.#db, () => {
      const found = this.get(kind, id, now);
      this.#db.prepare('DELETE FROM secret WHERE kind = ? AND id = ?').run(kind, id);
      return found;
    });
    leaveNoTrace(this.#db);
    return taken;
  }

  remove(kind: string, id: string): void {
    this.#delete('kind = ? AND id = ?', [kind, id]);
  }

  removeOwned(owner: string, kinds: readonly string[]): number {
    return this.#delete('owner = ? AND kind IN (SELECT value FROM json_each(?))', [owner, JSON.stringify(kinds)]);
  }

  sweep(now: Date): number {
    return this.#delete('expires_at <= ?', [now.getTime()]);
  }

  #delete(where: string, values: (string | number)[]): number {
    const removed = Number(this.#db.prepare(`DELETE FROM secret WHERE ${where}`).run(...values).changes);
    if (removed > 0) leaveNoTrace(this.#db);
    return removed;
  }

  #row(kind: string, id: string): Row | undefined {
    return this.#select.get(kind, id) as unknown as Row | undefined;
  }
}

function isPast(row: Row, now: Date): boolean {
  return row.expires_at !== null && row.expires_at <= now.getTime();
}

/** Authenticated with a secret: it opens under its own name only. */
function context(kind: string, id: string): string {
  return JSON.stringify(['secret', kind, id]);
}
