import type { Position } from '../event-store';

/** Place of an event in `$all`: both numbers are needed to compare and to resume. */
export interface LogPlace {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export function toPosition({ commit, prepare }: LogPlace): Position {
  return `${commit}/${prepare}` as Position;
}

const form = /^(\d+)\/(\d+)$/;

export function isPosition(text: string): text is Position {
  return form.test(text);
}

/** @throws when the text is no position of this kind of log. */
export function fromPosition(position: Position): LogPlace {
  const [, commit, prepare] = form.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) throw new Error(`${position} is no position of a KurrentDB log.`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

/** Negative, zero or positive as `a` stands before, at or after `b`. */
export function comparePlaces(a: LogPlace, b: LogPlace): number {
  const [one, other] = a.commit === b.commit ? [a.prepare, b.prepare] : [a.commit, b.commit];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** True when `place` stands behind the position, or when there is none yet. */
export function isBehind(place: LogPlace, after: Position | null): boolean {
  return after === null || comparePlaces(place, fromPosition(after)) > 0;
}
