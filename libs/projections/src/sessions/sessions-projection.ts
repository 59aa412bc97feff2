import {
  AudioJoined,
  AudioLeft,
  ChatMessageSent,
  ChatMessageTakenBack,
  isRepresentative,
  isSealedText,
  ParticipantDisconnected,
  ParticipantJoined,
  ParticipantLeft,
  ParticipantRemoved,
  ParticipantReturned,
  PermissionEnded,
  PermissionGranted,
  PermissionRevoked,
  SessionEnded,
  SessionReported,
  SessionReportReviewed,
  SessionStarted,
} from '@deskside/domain';
import type { PersonalText } from '@deskside/domain';
import type { Change, ProjectedEvent, Projection } from '../engine/projection';
import { handledBy, on } from '../engine/projection-handler';
import type { SealedField } from './session-summary';

const prefix = 'supportSession-';

const schema = `
  CREATE TABLE session (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    end_reason TEXT,
    representative_id TEXT NOT NULL,
    subject TEXT,
    ticket TEXT,
    chat_lines INTEGER NOT NULL,
    reported_at TEXT,
    last_revision INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX session_number ON session (number, started_at);
  CREATE INDEX session_start ON session (started_at);
  CREATE INDEX session_open ON session (representative_id, started_at) WHERE status = 'open';
  CREATE INDEX session_of_representative ON session (representative_id, started_at);
  CREATE TABLE session_customer (
    session_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    joined_revision INTEGER NOT NULL,
    PRIMARY KEY (session_id, customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX session_of_customer ON session_customer (customer_id);
  CREATE TABLE session_participant (
    session_id TEXT NOT NULL,
    participant_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    is_representative INTEGER NOT NULL,
    presence TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (session_id, participant_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX present_participant ON session_participant (session_id) WHERE presence = 'present';
  CREATE INDEX session_of_person ON session_participant (person_id, session_id);
  CREATE TABLE live_grant (
    session_id TEXT NOT NULL,
    grant_id TEXT NOT NULL,
    shared TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    PRIMARY KEY (session_id, grant_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE talker (
    session_id TEXT NOT NULL,
    participant_id TEXT NOT NULL,
    PRIMARY KEY (session_id, participant_id)
  ) STRICT, WITHOUT ROWID;
`;

/** An event that was applied before finds its revision reached and changes nothing. */
const statements = {
  start: `INSERT OR IGNORE INTO session (id, number, status, started_at, representative_id, subject, ticket, chat_lines, last_revision)
    VALUES (:id, :number, 'open', :at, :representativeId, :subject, :ticket, 0, :revision)`,
  end: `UPDATE session SET status = 'ended', ended_at = :at, end_reason = :reason, last_revision = :revision WHERE id = :id AND last_revision < :revision`,
  countChat: `UPDATE session SET chat_lines = chat_lines + :lines, last_revision = :revision WHERE id = :id AND last_revision < :revision`,
  reach: `UPDATE session SET last_revision = :revision WHERE id = :id AND last_revision < :revision`,
  customer: `INSERT OR IGNORE INTO session_customer (session_id, customer_id, joined_revision) VALUES (:id, :customerId, :revision)`,
  join: `INSERT INTO session_participant (session_id, participant_id, person_id, is_representative, presence, revision)
    VALUES (:id, :participantId, :personId, :isRepresentative, 'present', :revision)
    ON CONFLICT DO UPDATE SET presence = 'present', revision = excluded.revision WHERE revision < excluded.revision`,
  presence: `UPDATE session_participant SET presence = :presence, revision = :revision
    WHERE session_id = :id AND participant_id = :participantId AND revision < :revision`,
  // What goes with its end may be put in and taken out again: applied once more up to the end it leaves the same.
  grant: `INSERT OR IGNORE INTO live_grant (session_id, grant_id, shared, granted_at) VALUES (:id, :grantId, :shared, :at)`,
  endGrant: `DELETE FROM live_grant WHERE session_id = :id AND grant_id = :grantId`,
  endGrants: `DELETE FROM live_grant WHERE session_id = :id`,
  talk: `INSERT OR IGNORE INTO talker (session_id, participant_id) VALUES (:id, :participantId)`,
  endTalk: `DELETE FROM talker WHERE session_id = :id AND participant_id = :participantId`,
  endTalks: `DELETE FROM talker WHERE session_id = :id`,
  report: `UPDATE session SET reported_at = :at WHERE id = :id AND last_revision < :revision`,
} as const;

type Statement = keyof typeof statements;

const idOf = (event: ProjectedEvent): string => event.stream.slice(prefix.length);

function sealedField(event: ProjectedEvent, path: string, text: PersonalText | undefined): string | null {
  if (!isSealedText(text)) return null;
  return JSON.stringify({ sealed: text, place: { eventId: event.id, path } } satisfies SealedField);
}

function presence(
  becomes: 'present' | 'away' | 'left' | 'removed',
): (payload: { readonly participantId: string }, event: ProjectedEvent) => readonly Change<Statement>[] {
  return ({ participantId }, event) => {
    const params = { id: idOf(event), participantId, presence: becomes, revision: event.revision };
    return [{ statement: 'presence', params }];
  };
}

/** Whoever goes does not talk any more. */
function goes(becomes: 'left' | 'removed'): ReturnType<typeof presence> {
  return (payload, event) => [...presence(becomes)(payload, event), endTalk(payload, event)];
}

function endTalk({ participantId }: { readonly participantId: string }, event: ProjectedEvent): Change<Statement> {
  return { statement: 'endTalk', params: { id: idOf(event), participantId } };
}

function endGrant({ grantId }: { readonly grantId: string }, event: ProjectedEvent): readonly Change<Statement>[] {
  return [{ statement: 'endGrant', params: { id: idOf(event), grantId } }];
}

function report(event: ProjectedEvent, at: string | null): readonly Change<Statement>[] {
  return [{ statement: 'report', params: { id: idOf(event), at, revision: event.revision } }];
}

function countChat(lines: 1 | -1): (payload: unknown, event: ProjectedEvent) => readonly Change<Statement>[] {
  return (_payload, event) => [
    { statement: 'countChat', params: { id: idOf(event), lines, revision: event.revision } },
  ];
}

const { project: byType } = handledBy<Statement>(
  on(SessionStarted, ({ number, representativeId, subject, ticket }, event) => [
    {
      statement: 'start',
      params: {
        id: idOf(event),
        number,
        at: event.occurredAt,
        representativeId,
        subject: sealedField(event, 'subject', subject),
        ticket: sealedField(event, 'ticket', ticket),
        revision: event.revision,
      },
    },
  ]),
  on(SessionEnded, ({ reason }, event) => [
    { statement: 'end', params: { id: idOf(event), at: event.occurredAt, reason, revision: event.revision } },
    { statement: 'endGrants', params: { id: idOf(event) } },
    { statement: 'endTalks', params: { id: idOf(event) } },
  ]),
  on(ParticipantJoined, ({ participantId, personId, role }, event) => {
    const key = { id: idOf(event), revision: event.revision };
    const serves = isRepresentative(role);
    const params = { ...key, participantId, personId, isRepresentative: Number(serves) };
    const join: Change<Statement> = { statement: 'join', params };
    if (serves) return [join];
    return [join, { statement: 'customer', params: { ...key, customerId: personId } }];
  }),
  on(ParticipantDisconnected, presence('away')),
  on(ParticipantReturned, presence('present')),
  on(ParticipantLeft, goes('left')),
  on(ParticipantRemoved, goes('removed')),
  on(PermissionGranted, ({ grantId, capability, access }, event) => {
    const params = { id: idOf(event), grantId, shared: `${capability}/${access}`, at: event.occurredAt };
    return [{ statement: 'grant', params }];
  }),
  on(PermissionRevoked, endGrant),
  on(PermissionEnded, endGrant),
  on(AudioJoined, ({ participantId }, event) => [{ statement: 'talk', params: { id: idOf(event), participantId } }]),
  on(AudioLeft, (payload, event) => [endTalk(payload, event)]),
  on(SessionReported, (_payload, event) => report(event, event.occurredAt)),
  on(SessionReportReviewed, (_payload, event) => report(event, null)),
  on(ChatMessageSent, countChat(1)),
  on(ChatMessageTakenBack, countChat(-1)),
);

/** Events whose own statement moves the last revision: the many chat lines cost one change each. */
const reachedByItself: ReadonlySet<string> = new Set([
  SessionStarted.type,
  SessionEnded.type,
  ChatMessageSent.type,
  ChatMessageTakenBack.type,
]);

/** Sessions for lists, for finding them, and for who is in them; what was said in them is read from the stream. */
export const sessionsProjection: Projection<Statement> = {
  name: 'sessions',
  version: 3,
  schema,
  statements,
  // Every event of a session moves its last revision, those of newer writers too.
  types: 'all',
  project: (event) => {
    if (!event.stream.startsWith(prefix)) return [];
    if (reachedByItself.has(event.type)) return byType(event);
    const reach: Change<Statement> = { statement: 'reach', params: { id: idOf(event), revision: event.revision } };
    return [...byType(event), reach];
  },
};
