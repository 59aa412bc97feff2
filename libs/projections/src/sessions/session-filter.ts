import type { SessionFilter, SessionPlace } from './session-summary';

/** A condition of SQL and what its question marks stand for. */
type Condition = readonly [sql: string, ...params: readonly string[]];

const conditions: Readonly<{ [Key in keyof SessionFilter]: (wanted: NonNullable<SessionFilter[Key]>) => Condition }> = {
  number: (number) => ['number = ?', number],
  sessionIds: (ids) => ['id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)],
  from: (from) => ['started_at >= ?', from],
  to: (to) => ['started_at < ?', to],
  representativeId: (id) => ['id IN (SELECT session_id FROM session_participant WHERE person_id = ?)', id],
  status: (status) => ['status = ?', status],
};

/** The sessions that the filter lets through and that stand behind `after`, newest first. */
export function conditionsOf(
  filter: SessionFilter,
  after: SessionPlace | null,
): { readonly where: string; readonly params: readonly string[] } {
  const wanted = Object.entries(filter).flatMap(([key, value]): Condition[] =>
    value === null ? [] : [conditions[key as keyof SessionFilter](value as never)],
  );
  if (after !== null) wanted.push(['(started_at, id) < (?, ?)', after.startedAt, after.id]);
  return {
    where: wanted.length === 0 ? '' : `WHERE ${wanted.map(([sql]) => sql).join(' AND ')}`,
    params: wanted.flatMap(([, ...params]) => params),
  };
}
