import type { CsrActivityFigure } from './csr-activity';

/** For CSR ?1, from ?2 up to ?3. */
const measured = (measure: string, amount: string): string =>
  `SELECT session_id AS sessionId, ${amount} AS amount FROM measured
   WHERE csr = ?1 AND measure = '${measure}' AND completed_at >= ?2 AND completed_at < ?3
   ORDER BY completed_at DESC, session_id`;

const asked = (which: string): string =>
  `SELECT session_id AS sessionId, count(*) AS amount FROM asked
   WHERE csr = ?1 AND asked_at >= ?2 AND asked_at < ?3 AND ${which}
   GROUP BY session_id ORDER BY max(asked_at) DESC, session_id`;

/** ?4 is the time of the position, up to which open sessions count. */
const leftAt = 'min(coalesce(left_at, ?4), ?3)';

/** The sessions behind each figure, with the part of the figure that each makes. */
export const sharesSql: Readonly<Record<CsrActivityFigure, string>> = {
  sessions: measured('timeInSession', '1'),
  timeInSession: measured('timeInSession', 'ms'),
  firstResponse: measured('firstResponse', 'ms'),
  inSession: `SELECT session_id AS sessionId, sum(${leftAt} - max(joined_at, ?2)) AS amount FROM participant
    WHERE serves = 1 AND person_id = ?1 AND (left_at > ?2 OR left_at IS NULL) AND ${leftAt} > max(joined_at, ?2)
    GROUP BY session_id ORDER BY max(joined_at) DESC, session_id`,
  consentsAsked: asked('granted >= 0'),
  consentsGranted: asked('granted = 1'),
  notes: `SELECT session_id AS sessionId, count(DISTINCT note_id) AS amount FROM note
    WHERE csr = ?1 AND saved_at >= ?2 AND saved_at < ?3
    GROUP BY session_id ORDER BY max(saved_at) DESC, session_id`,
};
