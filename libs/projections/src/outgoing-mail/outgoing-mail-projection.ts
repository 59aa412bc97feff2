import {
  CustomerInvited,
  InvitationFailed,
  InvitationResent,
  InvitationSent,
  InvitationUsed,
  InvitationWithdrawn,
  SessionEnded,
} from '@deskside/domain';
import type { Change, ProjectedEvent, Projection } from '../engine/projection';
import { handledBy, on } from '../engine/projection-handler';

const prefix = 'supportSession-';

const schema = `
  CREATE TABLE outgoing (
    invitation_id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    due_at TEXT NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX outgoing_due ON outgoing (due_at);
  CREATE INDEX outgoing_of_session ON outgoing (session_id);
`;

/** An event that was applied before finds its revision reached and changes nothing. */
const statements = {
  wait: `INSERT INTO outgoing (invitation_id, session_id, attempt, failures, due_at, revision)
    VALUES (:invitationId, :sessionId, :attempt, 0, :at, :revision)
    ON CONFLICT DO UPDATE SET attempt = excluded.attempt, failures = 0, due_at = excluded.due_at, revision = excluded.revision
    WHERE revision < excluded.revision`,
  postpone: `UPDATE outgoing SET failures = failures + 1, due_at = :at, revision = :revision
    WHERE invitation_id = :invitationId AND attempt = :attempt AND revision < :revision`,
  settle: `DELETE FROM outgoing WHERE invitation_id = :invitationId AND revision < :revision`,
  end: `DELETE FROM outgoing WHERE session_id = :sessionId AND revision < :revision`,
} as const;

type Statement = keyof typeof statements;

function settle(
  { invitationId }: { invitationId: string },
  { revision }: ProjectedEvent,
): readonly Change<Statement>[] {
  return [{ statement: 'settle', params: { invitationId, revision } }];
}

function wait(invitationId: string, attempt: number, event: ProjectedEvent): readonly Change<Statement>[] {
  const { stream, occurredAt: at, revision } = event;
  const sessionId = stream.slice(prefix.length);
  return [{ statement: 'wait', params: { invitationId, sessionId, attempt, at, revision } }];
}

/** The work of whoever sends mail: what waits, and what is tried again, each from the time on when it is due. */
export const outgoingMailProjection: Projection<Statement> = {
  name: 'outgoing-mail',
  version: 1,
  schema,
  statements,
  ...handledBy<Statement>(
    on(CustomerInvited, ({ invitationId, channel }, event) =>
      channel === 'email' ? wait(invitationId, 1, event) : [],
    ),
    on(InvitationResent, ({ invitationId, attempt }, event) => wait(invitationId, attempt, event)),
    on(InvitationFailed, ({ invitationId, attempt, retryAt }, event) =>
      retryAt === null
        ? settle({ invitationId }, event)
        : [{ statement: 'postpone', params: { invitationId, attempt, at: retryAt, revision: event.revision } }],
    ),
    on(InvitationSent, settle),
    on(InvitationWithdrawn, settle),
    on(InvitationUsed, settle),
    on(SessionEnded, (_, { stream, revision }) => [
      { statement: 'end', params: { sessionId: stream.slice(prefix.length), revision } },
    ]),
  ),
};
