import type { ReadConnection } from '../main/read-connection';
import type { OutgoingMailQueries, OutgoingMailRow } from './outgoing-mail';

const columns = 'session_id AS sessionId, invitation_id AS invitationId, attempt, failures, due_at AS dueAt';

export function outgoingMailQueries(file: ReadConnection): OutgoingMailQueries {
  return {
    due: (now, limit) =>
      file
        .all<OutgoingMailRow>(
          `SELECT ${columns} FROM outgoing WHERE due_at <= ? ORDER BY due_at, invitation_id LIMIT ?`,
          now,
          limit,
        )
        .map((row) => ({ ...row })),
    nextDueAfter: (now) =>
      file.all<{ at: string | null }>('SELECT min(due_at) AS at FROM outgoing WHERE due_at > ?', now)[0]?.at ?? null,
  };
}
