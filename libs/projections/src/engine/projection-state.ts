import type { Position } from '@deskside/event-store';

/**
 * `catchingUp`: behind the log and working; `rebuilding`: a new file is being filled while the old one goes on serving;
 * `failed`: stopped at an event, or its files are spoilt again and again; `lastError` says which and why.
 */
export type ProjectionStatus = 'live' | 'catchingUp' | 'rebuilding' | 'paused' | 'failed';

/** What an administrator sees of one projection. */
export interface ProjectionState<Name extends string = string> {
  readonly name: Name;
  readonly version: number;
  readonly status: ProjectionStatus;
  /** Last position whose rows are committed in the file that answers queries; null before the first. */
  readonly position: Position | null;
  /** Events between `position` (of the new file during a rebuild) and the end of the log; null when the log cannot say. */
  readonly lag: number | null;
  readonly lastError: string | null;
  /** The file that answered is spoilt: queries are refused until another one, made from the log, stands in its place. */
  readonly spoilt: boolean;
}

/** What the operator reads of a file that is spoilt. */
export function sentenceOfSpoilt(reason: string): string {
  return `The file is spoilt and is being made again from the log: ${reason}`;
}

export type RebuildResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'REBUILD_FAILED' | 'CLOSED'; readonly reason: string };
