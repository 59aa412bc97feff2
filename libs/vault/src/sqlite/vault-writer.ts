import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { canWrite } from '@deskside/sqlite';
import { ErasureMarkWriter } from './erasure-mark';
import { toFailure } from './failure';
import { KeyWriter } from './key-writer';
import { SecretWriter } from './secret-writer';
import { markBegun } from './vault-site';
import type { Answer, Request, VaultWork, WorkName } from './writer-messages';

type Carry = { readonly [Name in WorkName]: (given: VaultWork[Name]['given']) => VaultWork[Name]['answer'] };

/** Writes the vault's file: requests that wait together share one durable transaction. */
export class VaultWriter {
  readonly #db: DatabaseSync;
  readonly #carry: Carry;
  readonly #empty: StatementSync;
  /** The transaction that is open has removed something. */
  #removes = false;
  /** From the start on: an earlier process may have been killed before it had emptied the write-ahead log. */
  #hasTraces = true;

  constructor(db: DatabaseSync, master: Uint8Array) {
    this.#db = db;
    // https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
    this.#empty = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#carry = this.#works(new KeyWriter(db, master), new SecretWriter(db));
  }

  /** True while bytes of what was removed may stand in the write-ahead log. */
  get hasTraces(): boolean {
    return this.#hasTraces;
  }

  /** Carries out all, each whole or not at all; durable when it returns. Throws, and has done nothing, while the file is locked. */
  commit(requests: readonly Request[]): readonly Answer[] {
    this.#removes = false;
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const answers = requests.map((request) => this.#carryOut(request));
      this.#db.exec('COMMIT');
      this.#hasTraces ||= this.#removes;
      return answers;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      return requests.map(({ id }) => ({ id, failure: toFailure(error) }));
    }
  }

  /**
   * Moves everything into the file and empties the write-ahead log, if it can: not while somebody reads an older state, nor
   * while the disk has no room. Waits for nobody.
   */
  removeTraces(): void {
    try {
      if (this.#empty.get()?.['busy'] === 0) this.#hasTraces = false;
    } catch {
      // There is a next time.
    }
  }

  /** Whether something can be written at this moment. Waits for nobody. */
  canWrite(): boolean {
    return canWrite(this.#db);
  }

  close(): void {
    this.#db.close();
  }

  #carryOut({ id, name, given }: Request): Answer {
    this.#db.exec('SAVEPOINT request');
    try {
      const value = (this.#carry[name] as (given: Request['given']) => VaultWork[WorkName]['answer'])(given);
      this.#db.exec('RELEASE request');
      return { id, value };
    } catch (error) {
      // SQLite itself takes back the whole transaction when the disk is full: the others have failed as well.
      if (!this.#db.isTransaction) throw error;
      this.#db.exec('ROLLBACK TO request; RELEASE request');
      return { id, failure: toFailure(error) };
    }
  }

  #works(keys: KeyWriter, secrets: SecretWriter): Carry {
    const removed = (what: boolean): null => {
      this.#removes ||= what;
      return null;
    };
    const counted = (count: number): number => {
      removed(count > 0);
      return count;
    };
    const mark = new ErasureMarkWriter(this.#db);
    return {
      makeKeys: (given) => keys.make(given),
      destroy: (given) => {
        keys.destroy(given);
        return removed(true);
      },
      put: (given) => removed(secrets.put(given)),
      remove: ({ kind, id }) => removed(secrets.remove(kind, id) > 0),
      removeOwned: ({ owner, kinds }) => counted(secrets.removeOwned(owner, kinds)),
      sweep: ({ now }) => counted(secrets.sweep(now)),
      siteBegun: () => {
        markBegun(this.#db);
        return null;
      },
      setErasuresAppliedUpTo: (given) => mark.write(given),
    };
  }
}
