import { DatabaseSync } from 'node:sqlite';

/** A file as it was at one moment, until it is ended; whoever writes it goes on. The file is in write-ahead mode. */
export class Snapshot {
  readonly db: DatabaseSync;

  constructor(file: string) {
    this.db = new DatabaseSync(file, { readOnly: true, timeout: 0 });
  }

  /** Chooses this moment. Throws SQLite's BUSY instead of waiting. */
  begin(): void {
    this.db.exec('BEGIN');
    try {
      // SQLite holds what has really been read.
      this.db.prepare('SELECT count(*) FROM sqlite_schema').get();
    } catch (error) {
      this.end();
      throw error;
    }
  }

  end(): void {
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
  }

  close(): void {
    this.db.close();
  }
}
