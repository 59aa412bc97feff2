import {
  AccountCreated,
  ParticipantJoined,
  PermissionApproved,
  PermissionDenied,
  PermissionGranted,
  PermissionNothingChosen,
  PermissionRequestShown,
  PermissionTimedOut,
  PermissionTimeExtended,
  PermissionWithdrawn,
  SessionEnded,
  SessionStarted,
  ValueClaimed,
  ValueReleased,
} from '@deskside/domain';
import type { Change, ProjectedEvent, Projection } from '../engine/projection';
import { handledBy, on } from '../engine/projection-handler';

const schema = `
  CREATE TABLE due (
    kind TEXT NOT NULL,
    stream TEXT NOT NULL,
    item TEXT NOT NULL DEFAULT '',
    due_at TEXT NOT NULL,
    claim TEXT,
    claimant TEXT,
    PRIMARY KEY (kind, stream, item)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX due_next ON due (due_at);
  CREATE INDEX due_claimant ON due (claimant) WHERE claimant IS NOT NULL;
  CREATE TABLE held_claim (stream TEXT PRIMARY KEY, kind TEXT NOT NULL, claimant TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX held_by ON held_claim (claimant);
  CREATE TABLE appeared (stream TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

const statements = {
  lapseNumber: `INSERT OR REPLACE INTO due (kind, stream, due_at) VALUES ('sessionNumber', :stream, :at)`,
  keepNumber: `DELETE FROM due WHERE kind = 'sessionNumber' AND stream = :stream`,
  hold: `INSERT OR REPLACE INTO held_claim (stream, kind, claimant) VALUES (:stream, :kind, :claimant)`,
  // An account that stands in the log already may claim a further address: that is never an orphan.
  confirm: `INSERT OR REPLACE INTO due (kind, stream, due_at, claimant)
    SELECT 'claim', :stream, :at, :claimant WHERE NOT EXISTS (SELECT 1 FROM appeared WHERE stream = :claimant)`,
  appear: `INSERT OR IGNORE INTO appeared (stream) VALUES (:stream)`,
  confirmed: `DELETE FROM due WHERE claimant = :stream AND kind = 'claim'`,
  releaseNumber: `INSERT OR REPLACE INTO due (kind, stream, due_at, claim)
    SELECT 'releaseNumber', claimant, :at, stream FROM held_claim WHERE claimant = :stream AND kind = 'sessionNumber'`,
  unhold: `DELETE FROM held_claim WHERE stream = :stream`,
  timeRuns: `INSERT OR REPLACE INTO due (kind, stream, item, due_at) VALUES ('permissionRequest', :stream, :item, :at)`,
  timeStands: `DELETE FROM due WHERE kind = 'permissionRequest' AND stream = :stream AND item = :item`,
  released: `DELETE FROM due WHERE (kind = 'claim' AND stream = :stream) OR (kind = 'releaseNumber' AND stream = :claimant)`,
} as const;

type Statement = keyof typeof statements;

function timeRuns(
  { requestId, expiresAt }: { requestId: string; expiresAt: string },
  { stream }: ProjectedEvent,
): readonly Change<Statement>[] {
  return [{ statement: 'timeRuns', params: { stream, item: requestId, at: expiresAt } }];
}

function timeStands({ requestId }: { requestId: string }, { stream }: ProjectedEvent): readonly Change<Statement>[] {
  return [{ statement: 'timeStands', params: { stream, item: requestId } }];
}

/** What has to be done at which time unless something happens first; whoever does it finds out by the decider whether it is still due. */
export const deadlinesProjection: Projection<Statement> = {
  name: 'deadlines',
  version: 2,
  schema,
  statements,
  ...handledBy<Statement>(
    on(SessionStarted, ({ numberExpiresAt }, { stream }) => [
      { statement: 'lapseNumber', params: { stream, at: numberExpiresAt } },
      { statement: 'confirmed', params: { stream } },
    ]),
    on(ParticipantJoined, ({ role }, { stream }) =>
      role === 'primaryCustomer' ? [{ statement: 'keepNumber', params: { stream } }] : [],
    ),
    on(SessionEnded, (_, { stream, occurredAt }) => [
      { statement: 'keepNumber', params: { stream } },
      { statement: 'releaseNumber', params: { stream, at: occurredAt } },
    ]),
    on(AccountCreated, (_, { stream }) => [
      { statement: 'appear', params: { stream } },
      { statement: 'confirmed', params: { stream } },
    ]),
    on(ValueClaimed, ({ kind, claimant, confirmBy }, { stream }) => [
      { statement: 'hold', params: { stream, kind, claimant } },
      { statement: 'confirm', params: { stream, claimant, at: confirmBy } },
    ]),
    on(ValueReleased, ({ claimant }, { stream }) => [
      { statement: 'unhold', params: { stream } },
      { statement: 'released', params: { stream, claimant } },
    ]),
    on(PermissionRequestShown, timeRuns),
    on(PermissionTimeExtended, timeRuns),
    on(PermissionNothingChosen, timeRuns),
    // The browser's own dialog is open, or the question is answered.
    on(PermissionApproved, timeStands),
    on(PermissionDenied, timeStands),
    on(PermissionGranted, timeStands),
    on(PermissionWithdrawn, timeStands),
    on(PermissionTimedOut, timeStands),
  ),
};
