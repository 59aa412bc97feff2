import {
  AccountCreated,
  AccountDisabled,
  AccountEnabled,
  AccountLinkIssued,
  PasswordChanged,
  RolesGranted,
  RolesWithdrawn,
  SignedIn,
} from '@deskside/domain';
import type { Change, ProjectedEvent, Projection, SqlValue } from '../engine/projection';
import { handledBy, on } from '../engine/projection-handler';

const prefix = 'representative-';

const schema = `
  CREATE TABLE account (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    has_password INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    last_sign_in_at TEXT,
    link_expires_at TEXT,
    link_purpose TEXT,
    last_revision INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE account_role (
    account_id TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (account_id, role)
  ) STRICT, WITHOUT ROWID;
`;

/** Each change asks whether its event is newer than the account's row, so an event that is applied again does nothing. */
const newer = 'id = :id AND last_revision < :revision';

const statements = {
  create: `INSERT OR IGNORE INTO account (id, status, has_password, created_at, last_revision)
    VALUES (:id, 'invited', 0, :at, -1)`,
  grant: `INSERT OR IGNORE INTO account_role (account_id, role) SELECT id, :role FROM account WHERE ${newer}`,
  withdraw: `DELETE FROM account_role WHERE role = :role AND account_id IN (SELECT id FROM account WHERE ${newer})`,
  disable: `UPDATE account SET status = 'disabled', link_expires_at = NULL, link_purpose = NULL WHERE ${newer}`,
  enable: `UPDATE account SET status = iif(has_password, 'active', 'invited') WHERE ${newer}`,
  link: `UPDATE account SET link_expires_at = :expiresAt, link_purpose = :purpose WHERE ${newer}`,
  password: `UPDATE account SET has_password = 1, link_expires_at = NULL, link_purpose = NULL,
    status = iif(status = 'invited', 'active', status) WHERE ${newer}`,
  signIn: `UPDATE account SET last_sign_in_at = :at WHERE ${newer}`,
  reach: `UPDATE account SET last_revision = :revision WHERE ${newer}`,
} as const;

type Statement = keyof typeof statements;

/** The changes of one event, then the mark that it was applied. */
function changes(
  event: ProjectedEvent,
  ...steps: readonly (readonly [Statement, Record<string, SqlValue>?])[]
): readonly Change<Statement>[] {
  const key = { id: event.stream.slice(prefix.length), revision: event.revision };
  const reach: Change<Statement> = { statement: 'reach', params: key };
  return [...steps.map(([statement, params]) => ({ statement, params: { ...key, ...params } })), reach];
}

/** Who can sign in, as what, and since when; names and addresses stand in people-and-search alone. */
export const accountsProjection: Projection<Statement> = {
  name: 'accounts',
  version: 1,
  schema,
  statements,
  ...handledBy<Statement>(
    on(AccountCreated, ({ roles }, event) => [
      { statement: 'create', params: { id: event.stream.slice(prefix.length), at: event.occurredAt } },
      ...changes(event, ...roles.map((role) => ['grant', { role }] as const)),
    ]),
    on(AccountDisabled, (_, event) => changes(event, ['disable'])),
    on(AccountEnabled, (_, event) => changes(event, ['enable'])),
    on(RolesGranted, ({ roles }, event) => changes(event, ...roles.map((role) => ['grant', { role }] as const))),
    on(RolesWithdrawn, ({ roles }, event) => changes(event, ...roles.map((role) => ['withdraw', { role }] as const))),
    on(AccountLinkIssued, ({ purpose, expiresAt }, event) => changes(event, ['link', { purpose, expiresAt }])),
    on(PasswordChanged, (_, event) => changes(event, ['password'])),
    on(SignedIn, (_, event) => changes(event, ['signIn', { at: event.occurredAt }])),
  ),
};
