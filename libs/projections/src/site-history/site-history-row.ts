import type { Actor, Instant } from '@deskside/domain';
import type { Position, StreamName } from '@deskside/event-store';

/** Where an event of the site's history stands; its content is read from the stream. */
export interface SiteHistoryRow {
  readonly id: string;
  readonly stream: StreamName;
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly position: Position;
  readonly actor: Pick<Actor, 'kind' | 'id'>;
}

export interface SiteHistoryQuery {
  /** Position of a row: only older ones; the newest when absent. A position that is no row's gives an empty page. */
  readonly before?: Position | null;
  /** All types when absent. */
  readonly types?: readonly string[] | null;
  readonly limit: number;
}

export interface SiteHistoryQueries {
  /** Newest first; `olderBefore` is the next page's `before`, null at the end. */
  page(query: SiteHistoryQuery): {
    readonly rows: readonly SiteHistoryRow[];
    readonly olderBefore: Position | null;
  };
}
