import {
  AccountChanged,
  AccountCreated,
  isErasedText,
  isRepresentative,
  JoinRequested,
  ParticipantJoined,
  PersonalDataErased,
} from '@deskside/domain';
import type { PersonalText, SessionRole } from '@deskside/domain';
import type { Change, Projection } from '../engine/projection';
import { handledBy, on } from '../engine/projection-handler';
import { gramsOf } from './bigrams';

/** FTS5's secure-delete takes a row's tokens out of the index at once instead of marking them as gone. */
const schema = `
  CREATE TABLE person (id INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, name TEXT, email TEXT) STRICT;
  CREATE TABLE erased_person (subject TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE customer_session (
    place INTEGER PRIMARY KEY,
    customer_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    UNIQUE (customer_id, session_id)
  ) STRICT;
  CREATE VIRTUAL TABLE person_gram USING fts5 (grams, tokenize = 'ascii');
  INSERT INTO person_gram (person_gram, rank) VALUES ('secure-delete', 1);
`;

const statements = {
  name: `INSERT INTO person (subject, name) VALUES (:subject, :name) ON CONFLICT (subject) DO UPDATE SET name = excluded.name`,
  email: `INSERT INTO person (subject, email) VALUES (:subject, :email) ON CONFLICT (subject) DO UPDATE SET email = excluded.email`,
  index: `INSERT OR REPLACE INTO person_gram (rowid, grams) SELECT id, :grams FROM person WHERE subject = :subject`,
  session: `INSERT OR IGNORE INTO customer_session (customer_id, session_id) VALUES (:customerId, :sessionId)`,
  unindex: `DELETE FROM person_gram WHERE rowid = (SELECT id FROM person WHERE subject = :subject)`,
  forget: `DELETE FROM person WHERE subject = :subject`,
  erased: `INSERT OR IGNORE INTO erased_person (subject) VALUES (:subject)`,
  forgetSessions: `DELETE FROM customer_session WHERE customer_id = :customerId`,
} as const;

type Statement = keyof typeof statements;

const sessionPrefix = 'supportSession-';

/** Of whom there is neither a name nor this mark, the name cannot be read. */
function erasedIn(subject: string, text: PersonalText | undefined): readonly Change<Statement>[] {
  return isErasedText(text) ? [{ statement: 'erased', params: { subject } }] : [];
}

function customer(id: string, name: PersonalText, stream: string): readonly Change<Statement>[] {
  const subject = `customer-${id}`;
  if (typeof name !== 'string') return erasedIn(subject, name);
  return [
    { statement: 'name', params: { subject, name } },
    { statement: 'index', params: { subject, grams: gramsOf(name) } },
    { statement: 'session', params: { customerId: id, sessionId: stream.slice(sessionPrefix.length) } },
  ];
}

function staffName(subject: string, name: PersonalText | undefined): readonly Change<Statement>[] {
  if (typeof name !== 'string') return erasedIn(subject, name);
  return [
    { statement: 'name', params: { subject, name } },
    { statement: 'index', params: { subject, grams: gramsOf(name) } },
  ];
}

function staffEmail(subject: string, email: PersonalText): readonly Change<Statement>[] {
  return typeof email === 'string' ? [{ statement: 'email', params: { subject, email } }] : [];
}

/** Names in the clear, to show and to find people by; the only file that holds any. */
export const peopleProjection: Projection<Statement> = {
  name: 'people-and-search',
  version: 3,
  schema,
  statements,
  opensPersonalText: true,
  // Staff are known by their accounts.
  readsTextOf: ({ type, payload }) =>
    type !== ParticipantJoined.type || !isRepresentative((payload as { role: SessionRole }).role),
  ...handledBy<Statement>(
    on(JoinRequested, ({ customerId, name }, { stream }) => customer(customerId, name, stream)),
    on(ParticipantJoined, ({ personId, role, name }, { stream }) =>
      isRepresentative(role) ? [] : customer(personId, name, stream),
    ),
    on(AccountCreated, ({ name, email }, { stream }) => [...staffName(stream, name), ...staffEmail(stream, email)]),
    on(AccountChanged, ({ name }, { stream }) => staffName(stream, name)),
    on(PersonalDataErased, ({ customerId, keys }) => [
      ...keys
        .filter((key) => key.class === 'identity')
        .flatMap(({ subject }): readonly Change<Statement>[] => [
          { statement: 'unindex', params: { subject }, erases: true },
          { statement: 'forget', params: { subject }, erases: true },
          { statement: 'erased', params: { subject } },
        ]),
      { statement: 'forgetSessions', params: { customerId } },
    ]),
  ),
};
