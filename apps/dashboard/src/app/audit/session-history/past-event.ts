import type { FeedEvent } from '@deskside/ui';

/** An event of a history: one that cannot be read stands in its place, without a payload. */
export interface PastEvent extends FeedEvent {
  readonly unreadable?: boolean;
}
