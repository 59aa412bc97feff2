/**
 * Wrapped keys all have one size and stand in rows that are only appended and overwritten, never moved or deleted: a
 * destroyed key is overwritten with nothing in its own place, and no older copy of it can stay behind in a page that was
 * split or merged. Its row remains as the tombstone that keeps the number from being used again.
 */
export const VAULT_SCHEMA = `
  CREATE TABLE IF NOT EXISTS owner (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    class TEXT NOT NULL,
    erased INTEGER NOT NULL DEFAULT 0,
    UNIQUE (subject, class)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS key (id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS key_place (
    owner INTEGER NOT NULL,
    item INTEGER NOT NULL,
    key INTEGER NOT NULL,
    PRIMARY KEY (owner, item)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS secret (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    owner TEXT NOT NULL,
    expires_at INTEGER,
    sealed BLOB NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS secret_owner ON secret (owner, kind);
  CREATE INDEX IF NOT EXISTS secret_expiry ON secret (expires_at) WHERE expires_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** What a vault has at least. */
export const VAULT_TABLES: readonly string[] = ['owner', 'key', 'key_place', 'secret', 'meta'];

/** FULL: a key is durable before the first event that uses it. secure_delete: what is freed is overwritten. */
export const VAULT_PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA foreign_keys = OFF;
`;
