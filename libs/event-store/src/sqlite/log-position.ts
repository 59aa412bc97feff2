import type { Position } from '../event-store';

/** This store's positions are decimal row ids from 1; 0 stands before the first event. */
export function toPosition(row: bigint): Position {
  return row.toString() as Position;
}

/** The head of a log as the port says it: null when the log is empty. */
export function toHead(row: bigint): Position | null {
  return row === 0n ? null : toPosition(row);
}

/** @throws when the position was not given by this store. */
export function fromPosition(position: Position | null): bigint {
  if (position === null) return 0n;
  if (!/^\d+$/.test(position)) throw new Error('That is not a position of this log.');
  return BigInt(position);
}
