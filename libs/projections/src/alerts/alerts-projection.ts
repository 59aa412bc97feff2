import { SessionReported, SessionReportReviewed } from '@deskside/domain';
import type { Projection } from '../engine/projection';
import { handledBy, on } from '../engine/projection-handler';

const prefix = 'supportSession-';

const schema = `
  CREATE TABLE alert (session_id TEXT PRIMARY KEY, reported_at TEXT NOT NULL, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** An event that was applied before finds its revision reached and changes nothing. */
const statements = {
  raise: `INSERT INTO alert (session_id, reported_at, revision) VALUES (:sessionId, :at, :revision)
    ON CONFLICT DO UPDATE SET reported_at = excluded.reported_at, revision = excluded.revision WHERE revision < excluded.revision`,
  review: `DELETE FROM alert WHERE session_id = :sessionId AND revision < :revision`,
} as const;

/** Reported sessions until an administrator or supervisor has looked at them. */
export const alertsProjection: Projection<keyof typeof statements> = {
  name: 'alerts',
  version: 1,
  schema,
  statements,
  ...handledBy<keyof typeof statements>(
    on(SessionReported, (_, { stream, occurredAt: at, revision }) => [
      { statement: 'raise', params: { sessionId: stream.slice(prefix.length), at, revision } },
    ]),
    on(SessionReportReviewed, (_, { stream, revision }) => [
      { statement: 'review', params: { sessionId: stream.slice(prefix.length), revision } },
    ]),
  ),
};
