import { DatabaseSync } from 'node:sqlite';

/** Keys that a file gives by itself: two files with the same rows may number them differently after a deletion. */
const ownKeys = new Set(['place', 'person.id']);

/** All rows of a projection's file, sorted, to compare two files with. */
export function rowsOf(file: string): Readonly<Record<string, readonly string[]>> {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const names = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'person_gram_%' ORDER BY name`)
      .all()
      .map((row) => String(row['name']))
      .filter((name) => name !== 'projection_state');
    return Object.fromEntries(names.map((name) => [name, rowsOfTable(db, name)]));
  } finally {
    db.close();
  }
}

function rowsOfTable(db: DatabaseSync, table: string): readonly string[] {
  const sql =
    table === 'person_gram'
      ? 'SELECT p.subject, g.grams FROM person_gram g LEFT JOIN person p ON p.id = g.rowid'
      : `SELECT * FROM ${table}`;
  return db
    .prepare(sql)
    .all()
    .map((row) => JSON.stringify(Object.entries(row).filter(([key]) => !isOwnKey(table, key))))
    .sort();
}

function isOwnKey(table: string, column: string): boolean {
  return ownKeys.has(column) || ownKeys.has(`${table}.${column}`);
}
