import {
  AccountCreated,
  isRepresentative,
  ParticipantJoined,
  SessionStarted,
  SiteSettingsChanged,
} from '@deskside/domain';
import type { Change, Projection } from '../engine/projection';
import { handledBy, on } from '../engine/projection-handler';

const schema = `
  CREATE TABLE step (name TEXT NOT NULL, of TEXT NOT NULL, PRIMARY KEY (name, of)) STRICT, WITHOUT ROWID;
`;

const statements = { take: 'INSERT OR IGNORE INTO step (name, of) VALUES (:name, :of)' } as const;

type Statement = keyof typeof statements;

function take(name: string, of = ''): readonly Change<Statement>[] {
  return [{ statement: 'take', params: { name, of } }];
}

/** The four steps of the first screen. */
export const gettingStartedProjection: Projection<Statement> = {
  name: 'getting-started',
  version: 1,
  schema,
  statements,
  ...handledBy<Statement>(
    on(SiteSettingsChanged, ({ settings }) => (settings.name === undefined ? [] : take('siteNamed'))),
    on(AccountCreated, (_, { stream }) => take('account', stream)),
    on(SessionStarted, () => take('sessionStarted')),
    on(ParticipantJoined, ({ role }) => (isRepresentative(role) ? [] : take('customerJoined'))),
  ),
};
