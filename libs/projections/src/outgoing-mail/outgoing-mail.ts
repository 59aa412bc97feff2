import type { Instant } from '@deskside/domain';

/** An invitation whose mail has not gone out. To whom and what stands in the session, and is read afresh before sending. */
export interface OutgoingMailRow {
  readonly sessionId: string;
  readonly invitationId: string;
  readonly attempt: number;
  /** How often this attempt has failed for now. */
  readonly failures: number;
  readonly dueAt: Instant;
}

export interface OutgoingMailQueries {
  /** Due at `now` or before, longest due first. */
  due(now: Instant, limit: number): readonly OutgoingMailRow[];
  /** When the next one is due that is not due at `now`; null when there is none. */
  nextDueAfter(now: Instant): Instant | null;
}
