import { binFrom } from '../histogram/histogram';
import { inSessionBySlot, slotMs } from './in-session';

/** Times are milliseconds since 1970, slots are numbered from there. */
export const schema = `
  CREATE TABLE session (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    requested_at INTEGER,
    requested_revision INTEGER,
    ended_at INTEGER
  ) STRICT;
  CREATE TABLE csr (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE participant (
    session_id TEXT NOT NULL,
    participant_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    serves INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    left_at INTEGER,
    PRIMARY KEY (session_id, participant_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX stay ON participant (person_id, left_at) WHERE serves = 1;
  CREATE TABLE asked (
    session_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    csr TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    granted INTEGER NOT NULL,
    PRIMARY KEY (session_id, request_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX asked_by ON asked (csr, asked_at);
  CREATE TABLE note (
    session_id TEXT NOT NULL,
    note_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    csr TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (session_id, note_id, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX note_saved ON note (csr, saved_at);
  CREATE TABLE measured (
    session_id TEXT NOT NULL,
    measure TEXT NOT NULL,
    csr TEXT NOT NULL,
    ms INTEGER NOT NULL,
    completed_at INTEGER,
    PRIMARY KEY (session_id, measure, csr)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX measured_completed ON measured (csr, measure, completed_at);
  CREATE TABLE bin (from_ms INTEGER PRIMARY KEY, bin INTEGER NOT NULL) STRICT;
  INSERT INTO bin (from_ms, bin) VALUES ${binFrom.map((from, bin) => `(${from}, ${bin})`).join(', ')};

  CREATE TABLE activity (
    csr TEXT NOT NULL,
    slot INTEGER NOT NULL,
    in_session INTEGER NOT NULL DEFAULT 0,
    asked INTEGER NOT NULL DEFAULT 0,
    granted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (csr, slot)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE duration (
    csr TEXT NOT NULL,
    measure TEXT NOT NULL,
    slot INTEGER NOT NULL,
    count INTEGER NOT NULL,
    total INTEGER NOT NULL,
    shortest INTEGER NOT NULL,
    longest INTEGER NOT NULL,
    PRIMARY KEY (csr, measure, slot)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE duration_bin (
    csr TEXT NOT NULL,
    measure TEXT NOT NULL,
    slot INTEGER NOT NULL,
    bin INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (csr, measure, slot, bin)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE reached (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    position TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
`;

/** What is measured of a session counts once it is over, and only once. */
const justOver = `session_id = :id AND completed_at IS NULL AND EXISTS (SELECT 1 FROM session WHERE id = :id)`;

/** Each leaves things as they are when its event was applied before. */
export const statements = {
  start: `INSERT OR IGNORE INTO session (id, number) VALUES (:id, :number)`,
  join: `INSERT OR IGNORE INTO participant (session_id, participant_id, person_id, serves, joined_at)
    VALUES (:id, :participantId, :personId, :serves, :at)`,
  serve: `INSERT OR IGNORE INTO csr (id) VALUES (:personId)`,
  request: `UPDATE session SET requested_at = :at, requested_revision = :revision
    WHERE id = :id AND requested_at IS NULL`,
  leave: `UPDATE participant SET left_at = :at
    WHERE session_id = :id AND participant_id = :participantId AND left_at IS NULL`,
  leaveAll: `UPDATE participant SET left_at = :at WHERE session_id = :id AND left_at IS NULL`,
  spread: `INSERT INTO activity (csr, slot, in_session)
    ${inSessionBySlot('SELECT person_id, joined_at, left_at FROM participant WHERE session_id = :id AND serves = 1 AND left_at = :at', 'p.left_at')}
    ON CONFLICT DO UPDATE SET in_session = excluded.in_session`,
  respond: `INSERT INTO measured (session_id, measure, csr, ms)
    SELECT s.id, 'firstResponse', p.person_id, max(0, :at - s.requested_at)
    FROM session s JOIN participant p ON p.session_id = s.id AND p.participant_id = :authorId AND p.serves = 1
    WHERE s.id = :id AND s.requested_revision < :revision
      AND NOT EXISTS (SELECT 1 FROM measured WHERE session_id = :id AND measure = 'firstResponse')
      AND (:to = 'all' OR EXISTS (
        SELECT 1 FROM participant WHERE session_id = :id AND participant_id = :to AND serves = 0))`,
  measureTime: `INSERT OR IGNORE INTO measured (session_id, measure, csr, ms)
    SELECT session_id, 'timeInSession', person_id, sum(max(0, left_at - joined_at))
    FROM participant WHERE session_id = :id AND serves = 1 GROUP BY person_id`,
  rollDuration: `INSERT INTO duration (csr, measure, slot, count, total, shortest, longest)
    SELECT csr, measure, :slot, 1, ms, ms, ms FROM measured WHERE ${justOver}
    ON CONFLICT DO UPDATE SET count = count + 1, total = total + excluded.total,
      shortest = min(shortest, excluded.shortest), longest = max(longest, excluded.longest)`,
  rollBin: `INSERT INTO duration_bin (csr, measure, slot, bin, count)
    SELECT csr, measure, :slot, (SELECT bin FROM bin WHERE from_ms <= ms ORDER BY from_ms DESC LIMIT 1), 1
    FROM measured WHERE ${justOver}
    ON CONFLICT DO UPDATE SET count = count + 1`,
  complete: `UPDATE measured SET completed_at = :at WHERE ${justOver}`,
  end: `UPDATE session SET ended_at = :at WHERE id = :id AND ended_at IS NULL`,
  countAsked: `INSERT INTO activity (csr, slot, asked)
    SELECT person_id, :slot, 1 FROM participant
    WHERE session_id = :id AND participant_id = :by AND serves = 1
      AND NOT EXISTS (SELECT 1 FROM asked WHERE session_id = :id AND request_id = :requestId)
    ON CONFLICT DO UPDATE SET asked = asked + 1`,
  ask: `INSERT OR IGNORE INTO asked (session_id, request_id, csr, asked_at, granted)
    SELECT session_id, :requestId, person_id, :at, 0 FROM participant
    WHERE session_id = :id AND participant_id = :by AND serves = 1`,
  countGranted: `INSERT INTO activity (csr, slot, granted)
    SELECT csr, asked_at / ${slotMs}, 1 FROM asked WHERE session_id = :id AND request_id = :requestId AND granted = 0
    ON CONFLICT DO UPDATE SET granted = granted + 1`,
  grant: `UPDATE asked SET granted = 1 WHERE session_id = :id AND request_id = :requestId`,
  note: `INSERT OR IGNORE INTO note (session_id, note_id, version, csr, saved_at, text)
    VALUES (:id, :noteId, :version, :csr, :at, :text)`,
  reach: `INSERT INTO reached (id, position, at) VALUES (1, :position, :at)
    ON CONFLICT DO UPDATE SET position = excluded.position, at = max(at, excluded.at)`,
} as const;

export type Statement = keyof typeof statements;
