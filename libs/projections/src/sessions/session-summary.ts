import type { Instant, SealedText } from '@deskside/domain';
import type { FieldPlace } from '@deskside/vault';

/** Personal text as it stands in the log; the edge opens it with the vault: `vault.open(sealed, place)`. */
export interface SealedField {
  readonly sealed: SealedText;
  readonly place: FieldPlace;
}

export interface SessionSummary {
  readonly id: string;
  readonly number: string;
  readonly status: 'open' | 'ended';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly endReason: 'endedByRepresentative' | 'numberLapsed' | null;
  readonly representativeId: string;
  /** Customers who joined, each once, in the order of joining. */
  readonly customerIds: readonly string[];
  readonly subject: SealedField | null;
  readonly ticket: SealedField | null;
  /** Lines sent and not taken back. */
  readonly chatLines: number;
  readonly lastRevision: number;
}

export interface PresentParticipants {
  readonly sessionId: string;
  readonly participantIds: readonly string[];
}

export interface SessionQueries {
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
