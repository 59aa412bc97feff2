import type { Projection } from '../engine/projection';

const schema = `
  CREATE TABLE history (
    place INTEGER PRIMARY KEY,
    position TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    type TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT NOT NULL
  ) STRICT;
  CREATE INDEX history_of_type ON history (type, place);
`;

/** Positions are opaque; `place` counts the rows in the order of the log, which is what pages are made of. */
const statements = {
  add: `INSERT OR IGNORE INTO history (position, id, stream, revision, type, occurred_at, actor_kind, actor_id)
    VALUES (:position, :id, :stream, :revision, :type, :at, :actorKind, :actorId)`,
} as const;

const prefixes = ['representative-', 'access-', 'claim-'] as const;

/** Checkpoints come every minute and say nothing that anybody did. */
function isOfTheSite(stream: string, type: string): boolean {
  if (stream === 'integrity') return type !== 'LogCheckpointSigned';
  return stream === 'site' || prefixes.some((prefix) => stream.startsWith(prefix));
}

/** All that happened outside sessions: sign-ins, roles, settings, refusals, what was looked at. */
export const siteHistoryProjection: Projection<keyof typeof statements> = {
  name: 'site-history',
  version: 2,
  schema,
  statements,
  // By stream, not by type: an event of a newer writer belongs into the history as well.
  types: 'all',
  takesUnreadable: true,
  project: ({ position, id, stream, revision, type, occurredAt, actor }) => {
    if (!isOfTheSite(stream, type)) return [];
    const params = { position, id, stream, revision, type, at: occurredAt, actorKind: actor.kind, actorId: actor.id };
    return [{ statement: 'add', params }];
  },
};
