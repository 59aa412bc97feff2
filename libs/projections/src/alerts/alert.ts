import type { Instant } from '@deskside/domain';

/** A session that somebody reported as no help he had asked for, and that nobody has looked at yet. */
export interface AlertRow {
  readonly sessionId: string;
  readonly reportedAt: Instant;
}

export interface AlertQueries {
  /** Newest first. */
  unreviewed(): readonly AlertRow[];
}
