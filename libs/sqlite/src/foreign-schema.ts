import { DatabaseSync } from 'node:sqlite';

interface Entry {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/**
 * What a database contains that this schema does not, such as `trigger x`; null when it contains nothing else. A trigger or
 * another rule for a table changes what is written, and nobody is told.
 */
export function foreignIn(db: DatabaseSync, schema: string): string | null {
  const own = new DatabaseSync(':memory:');
  try {
    own.exec(schema);
    const known = new Set(entriesOf(own).map(textOf));
    const foreign = entriesOf(db).find((entry) => !known.has(textOf(entry)));
    return foreign === undefined ? null : `${foreign.type} ${foreign.name}`;
  } finally {
    own.close();
  }
}

/** What SQLite itself keeps of its tables is in none of them. */
function entriesOf(db: DatabaseSync): readonly Entry[] {
  const sql = `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'`;
  return db.prepare(sql).all() as unknown as Entry[];
}

function textOf({ type, name, sql }: Entry): string {
  return `${type} ${name} ${(sql ?? '').replaceAll(/\s+/g, ' ')}`;
}
