import type { Instant } from '@deskside/domain';
import type { SealedField } from '@deskside/read-model';

export type { SealedField } from '@deskside/read-model';

export interface SessionSummary {
  readonly id: string;
  readonly number: string;
  readonly status: 'open' | 'ended';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly endReason: 'endedByRepresentative' | 'numberLapsed' | 'reported' | null;
  readonly representativeId: string;
  /** Customers who joined, each once, in the order of joining. */
  readonly customerIds: readonly string[];
  readonly subject: SealedField | null;
  readonly ticket: SealedField | null;
  /** Lines sent and not taken back. */
  readonly chatLines: number;
  /** Since when somebody says that it was no help he had asked for; null when nobody does, or it was looked at. */
  readonly reportedAt: Instant | null;
  readonly lastRevision: number;
}

export interface PresentParticipants {
  readonly sessionId: string;
  readonly participantIds: readonly string[];
}

/** An open session as it goes on. */
export interface SessionNow extends SessionSummary {
  /** The customer who is in, else the last who was; null while nobody came. */
  readonly customer: { readonly id: string; readonly presence: 'present' | 'away' | 'left' } | null;
  /** Live grants, as `desktop/view`, the oldest first. */
  readonly shared: readonly string[];
  /** When the oldest of them was given. */
  readonly sharedSince: Instant | null;
  /** How many take part in the talk. */
  readonly talking: number;
}

/** Null: whatever it is. */
export interface SessionFilter {
  readonly number: string | null;
  readonly sessionIds: readonly string[] | null;
  /** Started then or later. */
  readonly from: Instant | null;
  /** Started before. */
  readonly to: Instant | null;
  /** Account of somebody who was in it. */
  readonly representativeId: string | null;
  readonly status: 'open' | 'ended' | null;
}

/** The place of a session in the list of all, newest first. */
export interface SessionPlace {
  readonly startedAt: Instant;
  readonly id: string;
}

export interface SessionQueries {
  /** Sessions that stand behind `after` in the list, at most `limit`. */
  page(filter: SessionFilter, after: SessionPlace | null, limit: number): readonly SessionSummary[];
  /** Every open session, the newest first. */
  openNow(): readonly SessionNow[];
  /** Newest first. */
  openSessionsOf(representativeId: string): readonly SessionSummary[];
  /** Newest first. */
  byRepresentative(representativeId: string, limit: number): readonly SessionSummary[];
  /** In the order asked; unknown ids are left out. */
  byIds(ids: readonly string[]): readonly SessionSummary[];
  /** All sessions that ever had this number, newest first. */
  byNumber(number: string): readonly SessionSummary[];
  /** Started at `from` or later and before `to`, newest first. */
  byStart(from: Instant, to: Instant, limit: number): readonly SessionSummary[];
  /** Newest first. */
  byCustomer(customerId: string): readonly SessionSummary[];
  /** Who counted as present when the log ended: after a boot they get their grace time. */
  openSessionsWithPeoplePresent(): readonly PresentParticipants[];
  sessionCounts(): { readonly started: number; readonly open: number };
}
