import type { ReadConnection } from '../main/read-connection';
import type { AlertQueries, AlertRow } from './alert';

export function alertQueries(file: ReadConnection): AlertQueries {
  return {
    unreviewed: () =>
      file
        .all<AlertRow>(
          'SELECT session_id AS sessionId, reported_at AS reportedAt FROM alert ORDER BY reported_at DESC, session_id',
        )
        .map((row) => ({ ...row })),
  };
}
