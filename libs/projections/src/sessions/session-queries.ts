import type { ReadConnection } from '../main/read-connection';
import { conditionsOf } from './session-filter';
import type { SealedField, SessionNow, SessionQueries, SessionSummary } from './session-summary';

const columns = `id, number, status, started_at AS startedAt, ended_at AS endedAt, end_reason AS endReason,
  representative_id AS representativeId, subject, ticket, chat_lines AS chatLines, reported_at AS reportedAt,
  last_revision AS lastRevision,
  (SELECT json_group_array(customer_id ORDER BY joined_revision) FROM session_customer WHERE session_id = id) AS customerIds`;

/** Whoever is in comes first, then whoever went last. */
const customer = `(SELECT json_object('id', person_id, 'presence', iif(presence = 'removed', 'left', presence))
  FROM session_participant WHERE session_id = id AND is_representative = 0
  ORDER BY presence = 'present' DESC, presence = 'away' DESC, revision DESC LIMIT 1)`;

const now = `${customer} AS customer,
  (SELECT json_group_array(shared ORDER BY granted_at) FROM live_grant WHERE session_id = id) AS shared,
  (SELECT min(granted_at) FROM live_grant WHERE session_id = id) AS sharedSince,
  (SELECT count(*) FROM talker WHERE session_id = id) AS talking`;

type SummaryRow = Omit<SessionSummary, 'customerIds' | 'subject' | 'ticket'> & {
  readonly customerIds: string;
  readonly subject: string | null;
  readonly ticket: string | null;
};

type NowRow = SummaryRow & { readonly customer: string | null; readonly shared: string } & Pick<
    SessionNow,
    'sharedSince' | 'talking'
  >;

function field(json: string | null): SealedField | null {
  return json === null ? null : (JSON.parse(json) as SealedField);
}

function toSummary<Row extends SummaryRow>(
  row: Row,
): Omit<Row, 'customerIds' | 'subject' | 'ticket'> & Pick<SessionSummary, 'customerIds' | 'subject' | 'ticket'> {
  const customerIds = JSON.parse(row.customerIds) as string[];
  return { ...row, customerIds, subject: field(row.subject), ticket: field(row.ticket) };
}

function toNow(row: NowRow): SessionNow {
  const shared = JSON.parse(row.shared) as string[];
  return { ...toSummary(row), customer: JSON.parse(row.customer ?? 'null') as SessionNow['customer'], shared };
}

export function sessionQueries(file: ReadConnection): SessionQueries {
  const find = (where: string, ...params: readonly (string | number)[]): readonly SessionSummary[] =>
    file.all<SummaryRow>(`SELECT ${columns} FROM session ${where}`, ...params).map((row) => toSummary(row));
  const newest = 'ORDER BY started_at DESC, rowid DESC';
  return {
    page: (filter, after, limit) => {
      const { where, params } = conditionsOf(filter, after);
      return find(`${where} ORDER BY started_at DESC, id DESC LIMIT ?`, ...params, limit);
    },
    openNow: () =>
      file.all<NowRow>(`SELECT ${columns}, ${now} FROM session WHERE status = 'open' ${newest}`).map(toNow),
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
