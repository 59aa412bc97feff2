import type { Instant } from '@deskside/domain';
import type { StreamName } from '@deskside/event-store';

/**
 * Something that must be commanded at `dueAt`:
 * - `sessionNumber`: EndUnusedSession on `stream`, a session that no primary customer has joined;
 * - `claim`: ReleaseValue (orphaned) on `stream`, a claim whose `claimant` has not appeared;
 * - `releaseNumber`: ReleaseValue (sessionEnded) on `claim`, the number of the ended session `stream`; due at once;
 * - `permissionRequest`: TimeOutRequest on `stream`, for a question that stands on its owner's screen.
 */
export type DueRow =
  | { readonly kind: 'sessionNumber'; readonly stream: StreamName; readonly dueAt: Instant }
  | { readonly kind: 'claim'; readonly stream: StreamName; readonly dueAt: Instant; readonly claimant: string }
  | {
      readonly kind: 'releaseNumber';
      readonly stream: StreamName;
      readonly dueAt: Instant;
      readonly claim: StreamName;
    }
  | {
      readonly kind: 'permissionRequest';
      readonly stream: StreamName;
      readonly dueAt: Instant;
      readonly requestId: string;
    };

export interface DeadlineQueries {
  /** Null when nothing is on the list. */
  nextDueAt(): Instant | null;
  /** Due at `now` or before, longest due first. */
  due(now: Instant, limit: number): readonly DueRow[];
}
