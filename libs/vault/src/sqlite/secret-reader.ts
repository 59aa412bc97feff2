import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SealedSecret } from './sealed-secret';

/** Reads secrets from the vault's file. Throws SQLite's BUSY instead of waiting. */
export class SecretReader {
  readonly #select: StatementSync;

  constructor(db: DatabaseSync) {
    this.#select = db.prepare(
      'SELECT kind, id, owner, expires_at AS expiresAt, sealed FROM secret WHERE kind = ? AND id = ?',
    );
  }

  /** Whether it has expired is not looked at. */
  find(kind: string, id: string): SealedSecret | null {
    return (this.#select.get(kind, id) as unknown as SealedSecret | undefined) ?? null;
  }

  /** Null when it is absent or past its time at `now`. */
  get(kind: string, id: string, now: number): SealedSecret | null {
    const found = this.find(kind, id);
    return found && (found.expiresAt === null || found.expiresAt > now) ? found : null;
  }
}
