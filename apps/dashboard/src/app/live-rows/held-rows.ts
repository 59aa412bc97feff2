/** A row as it is drawn; `gone` when it is no longer in the list but must not vanish under somebody's hand. */
export interface HeldRow<Row> {
  readonly row: Row;
  readonly gone: boolean;
}

export interface HeldRows<Row> {
  readonly rows: readonly HeldRow<Row>[];
  /** New rows that wait until the hand is gone. */
  readonly waiting: number;
}

/** The list as it is now: nothing is held back. */
export function freeRows<Row>(now: readonly Row[]): HeldRows<Row> {
  return { rows: now.map((row) => ({ row, gone: false })), waiting: 0 };
}

/**
 * The list while the pointer or the focus is in it: each row stays where it was and shows its newest content, ended ones
 * stay as they were last, new ones are only counted.
 */
export function heldRows<Row>(before: HeldRows<Row>, now: readonly Row[], idOf: (row: Row) => string): HeldRows<Row> {
  const newest = new Map(now.map((row) => [idOf(row), row]));
  const rows = before.rows.map(({ row }) => {
    const known = newest.get(idOf(row));
    return known === undefined ? { row, gone: true } : { row: known, gone: false };
  });
  const drawn = new Set(rows.map(({ row }) => idOf(row)));
  return { rows, waiting: now.filter((row) => !drawn.has(idOf(row))).length };
}
