import type { Actor, Instant } from '@deskside/domain';
import type { Position } from '@deskside/event-store';

/** An event as projections see it: parsed, in its newest schema version. */
export interface ProjectedEvent<Payload = unknown> {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly occurredAt: Instant;
  readonly actor: Actor;
  /** Personal fields are sealed, or opened when the projection `opensPersonalText`: as `OpenedText`. */
  readonly payload: Payload;
  /**
   * Its bytes are no event any more. The log still says its type, stream and place; the time is that of the event before it, or
   * of the one behind it when it is the first, and the payload is empty.
   */
  readonly unreadable?: true;
}

export type SqlValue = string | number | bigint | null;

/** One run of one of the projection's statements. */
export interface Change<Statement extends string = string> {
  readonly statement: Statement;
  readonly params: Readonly<Record<string, SqlValue>>;
  /** It takes personal text out of the file, of which nothing may stay in its bytes. */
  readonly erases?: true;
}

/**
 * A read model as a pure function of the log. Its statements must leave the same rows when events that they have seen
 * already are applied again, in order, from any place up to the end.
 */
export interface Projection<Statement extends string = string> {
  readonly name: string;
  /** Raised with each change of `schema`, `statements` or `project`: a new version is built from the whole log. */
  readonly version: number;
  readonly schema: string;
  readonly statements: Readonly<Record<Statement, string>>;
  /** Events that `project` is asked about; the checkpoint moves over all others too. */
  readonly types: readonly string[] | 'all';
  /** It is asked about events that cannot be read as well. Others never see one, as if it were not there. */
  readonly takesUnreadable?: boolean;
  /** The file holds personal text in the clear: it is opened for this projection and deletions leave no trace. */
  readonly opensPersonalText?: boolean;
  /** Events whose text it does not look at stay sealed; all are opened when absent. */
  readonly readsTextOf?: (event: ProjectedEvent) => boolean;
  /** Pure: no clock, no I/O, no memory of earlier events. */
  readonly project: (event: ProjectedEvent) => readonly Change<Statement>[];
}
