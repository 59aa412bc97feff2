/** Roll-ups are kept for quarters of an hour of UTC: every zone's days and hours begin at one. */
export const slotMs = 900_000;

/**
 * How long each CSR was in at least one session, by slot, in every slot that the stretches of `interval` touch: all stays
 * in such a slot are laid over each other, and what two of them share counts once. Working it out again gives the same.
 *
 * @param interval a SELECT of `csr`, `joined_at`, `left_at`
 * @param leftAt when a stay `p` ended, as SQL; null leaves it out
 */
export function inSessionBySlot(interval: string, leftAt: string): string {
  return `WITH RECURSIVE
    interval (csr, joined_at, left_at) AS (${interval}),
    reached (csr, slot, last) AS (
      SELECT csr, joined_at / ${slotMs}, (left_at - 1) / ${slotMs} FROM interval WHERE left_at > joined_at
      UNION SELECT csr, slot + 1, last FROM reached WHERE slot < last
    ),
    touched AS (SELECT DISTINCT csr, slot FROM reached),
    piece AS (
      SELECT t.csr, t.slot, max(p.joined_at, t.slot * ${slotMs}) AS begins, min(${leftAt}, (t.slot + 1) * ${slotMs}) AS ends
      FROM touched t JOIN participant p ON p.person_id = t.csr AND p.serves = 1
        AND (p.left_at > t.slot * ${slotMs} OR p.left_at IS NULL)
      WHERE p.joined_at < (t.slot + 1) * ${slotMs} AND ${leftAt} > t.slot * ${slotMs} AND ${leftAt} > p.joined_at
    ),
    uncovered AS (
      SELECT csr, slot, max(0, ends - max(begins, coalesce(max(ends) OVER earlier, 0))) AS ms FROM piece
      WINDOW earlier AS (
        PARTITION BY csr, slot ORDER BY begins, ends ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      )
    )
    SELECT csr, slot, sum(ms) AS ms FROM uncovered GROUP BY csr, slot`;
}
