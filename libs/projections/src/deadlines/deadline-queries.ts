import type { ReadConnection } from '../main/read-connection';
import type { DeadlineQueries, DueRow } from './due-row';

interface Row {
  readonly row: string;
}

/** JSON leaves out what a kind of row does not have. */
const columns = `CASE kind
  WHEN 'claim' THEN json_object('kind', kind, 'stream', stream, 'dueAt', due_at, 'claimant', claimant)
  WHEN 'releaseNumber' THEN json_object('kind', kind, 'stream', stream, 'dueAt', due_at, 'claim', claim)
  WHEN 'permissionRequest' THEN json_object('kind', kind, 'stream', stream, 'dueAt', due_at, 'requestId', item)
  ELSE json_object('kind', kind, 'stream', stream, 'dueAt', due_at) END AS row`;

export function deadlineQueries(file: ReadConnection): DeadlineQueries {
  return {
    nextDueAt: () => file.all<{ at: string | null }>('SELECT min(due_at) AS at FROM due')[0]?.at ?? null,
    due: (now, limit) =>
      file
        .all<Row>(`SELECT ${columns} FROM due WHERE due_at <= ? ORDER BY due_at, kind, stream LIMIT ?`, now, limit)
        .map(({ row }) => JSON.parse(row) as DueRow),
  };
}
