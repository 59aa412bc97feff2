import type { ReadConnection } from '../main/read-connection';
import type { SealedField, SessionQueries, SessionSummary } from './session-summary';

const summary = `SELECT id, number, status, started_at AS startedAt, ended_at AS endedAt, end_reason AS endReason,
  representative_id AS representativeId, subject, ticket, chat_lines AS chatLines, last_revision AS lastRevision,
  (SELECT json_group_array(customer_id ORDER BY joined_revision) FROM session_customer WHERE session_id = id) AS customerIds
  FROM session`;

type SummaryRow = Omit<SessionSummary, 'customerIds' | 'subject' | 'ticket'> & {
  readonly customerIds: string;
  readonly subject: string | null;
  readonly ticket: string | null;
};

function field(json: string | null): SealedField | null {
  return json === null ? null : (JSON.parse(json) as SealedField);
}

function toSummary(row: SummaryRow): SessionSummary {
  const customerIds = JSON.parse(row.customerIds) as string[];
  return { ...row, customerIds, subject: field(row.subject), ticket: field(row.ticket) };
}

export function sessionQueries(file: ReadConnection): SessionQueries {
  const find = (where: string, ...params: readonly (string | number)[]): readonly SessionSummary[] =>
    file.all<SummaryRow>(`${summary} ${where}`, ...params).map(toSummary);
  const newest = 'ORDER BY started_at DESC, rowid DESC';
  return {
    openSessionsOf: (representativeId) =>
      find(`WHERE representative_id = ? AND status = 'open' ${newest}`, representativeId),
    byRepresentative: (representativeId, limit) =>
      find(`WHERE representative_id = ? ${newest} LIMIT ?`, representativeId, limit),
    byIds: (ids) => ids.flatMap((id) => find('WHERE id = ?', id)),
    byNumber: (number) => find(`WHERE number = ? ${newest}`, number),
    byStart: (from, to, limit) => find(`WHERE started_at >= ? AND started_at < ? ${newest} LIMIT ?`, from, to, limit),
    byCustomer: (customerId) =>
      find(`WHERE id IN (SELECT session_id FROM session_customer WHERE customer_id = ?) ${newest}`, customerId),
    openSessionsWithPeoplePresent: () =>
      file
        .all<{ sessionId: string; participantIds: string }>(
          `SELECT p.session_id AS sessionId, json_group_array(p.participant_id ORDER BY p.revision) AS participantIds
           FROM session s JOIN session_participant p ON p.session_id = s.id AND p.presence = 'present'
           WHERE s.status = 'open' GROUP BY p.session_id ORDER BY min(s.started_at)`,
        )
        .map((row) => ({ sessionId: row.sessionId, participantIds: JSON.parse(row.participantIds) as string[] })),
    sessionCounts: () => {
      const [row] = file.all<{ started: number; open: number }>(
        `SELECT count(*) AS started, count(*) FILTER (WHERE status = 'open') AS open FROM session`,
      );
      return row ?? { started: 0, open: 0 };
    },
  };
}
