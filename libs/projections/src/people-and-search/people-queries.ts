import type { ReadConnection } from '../main/read-connection';
import { gramQuery } from './bigrams';
import type { FoundCustomer, PeopleQueries } from './person';

/** Longer than any name; keeps a query's phrases bounded. */
const QUERY_CHARACTERS = 200;

interface FoundRow {
  readonly customerId: string;
  readonly name: string;
  readonly sessionIds: string;
}

const found = `SELECT substr(p.subject, length('customer-') + 1) AS customerId, p.name AS name,
  (SELECT json_group_array(session_id ORDER BY place) FROM customer_session
   WHERE customer_id = substr(p.subject, length('customer-') + 1)) AS sessionIds
  FROM person_gram g JOIN person p ON p.id = g.rowid
  WHERE person_gram MATCH ? AND p.subject LIKE 'customer-%' LIMIT ?`;

const foundStaff = `SELECT substr(p.subject, length('representative-') + 1) AS id
  FROM person_gram g JOIN person p ON p.id = g.rowid
  WHERE person_gram MATCH ? AND p.subject LIKE 'representative-%' LIMIT ?`;

export function peopleQueries(file: ReadConnection): PeopleQueries {
  const textOf = (column: 'name' | 'email', subjects: readonly string[]): ReadonlyMap<string, string> => {
    const texts = new Map<string, string>();
    for (const subject of subjects) {
      const [row] = file.all<{ text: string | null }>(
        `SELECT ${column} AS text FROM person WHERE subject = ?`,
        subject,
      );
      if (row?.text != null) texts.set(subject, row.text);
    }
    return texts;
  };
  return {
    nameOf: (subjects) => textOf('name', subjects),
    emailOf: (subjects) => textOf('email', subjects),
    erasedAmong: (subjects) =>
      new Set(
        subjects.filter((subject) => file.all('SELECT 1 FROM erased_person WHERE subject = ?', subject).length > 0),
      ),
    findCustomers: (text, limit) => {
      const query = gramQuery(text.slice(0, QUERY_CHARACTERS));
      if (query === null) return [];
      const rows = file.all<FoundRow>(found, query, limit);
      return rows.map((row): FoundCustomer => ({ ...row, sessionIds: JSON.parse(row.sessionIds) as string[] }));
    },
    findRepresentatives: (text, limit) => {
      const query = gramQuery(text.slice(0, QUERY_CHARACTERS));
      return query === null ? [] : file.all<{ id: string }>(foundStaff, query, limit).map(({ id }) => id);
    },
  };
}
