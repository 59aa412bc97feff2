import type { EventLogReader, Position } from '@deskside/event-store';
import type { CsrActivityQueries } from '@deskside/reports';
import type { AccountQueries } from '../accounts/account-row';
import type { AlertQueries } from '../alerts/alert';
import type { DeadlineQueries } from '../deadlines/due-row';
import type { ProjectionState, RebuildResult } from '../engine/projection-state';
import type { GettingStartedQueries } from '../getting-started/getting-started-steps';
import type { OutgoingMailQueries } from '../outgoing-mail/outgoing-mail';
import type { PeopleQueries } from '../people-and-search/person';
import type { SessionQueries } from '../sessions/session-summary';
import type { SiteHistoryQueries } from '../site-history/site-history-row';
import type { ReadModelIncident } from './incidents';
import type { WorkerSettings } from '../worker/worker-settings';

export const projectionNames = [
  'sessions',
  'accounts',
  'site-history',
  'deadlines',
  'people-and-search',
  'getting-started',
  'outgoing-mail',
  'alerts',
  'csr-activity',
] as const;
export type ProjectionName = (typeof projectionNames)[number];

export interface ProjectionsOptions extends WorkerSettings {
  /** Compares positions on this thread; the worker reads over a connection of its own. */
  readonly positions: Pick<EventLogReader, 'comparePositions'>;
  readonly onIncident?: (incident: ReadModelIncident) => void;
}

/**
 * The read models of one node. A worker thread fills them; the queries here are point reads over connections of this
 * thread. Rows and position of a model are committed together, so what a query sees is never older than `position`.
 * While a model's file is spoilt and is being made again, and while a lock or the disk is in the way, its queries throw
 * ReadModelUnavailable; `onChange` tells when there is a new file.
 */
export interface ReadModels {
  readonly sessions: SessionQueries;
  readonly accounts: AccountQueries;
  readonly siteHistory: SiteHistoryQueries;
  readonly deadlines: DeadlineQueries;
  readonly people: PeopleQueries;
  readonly gettingStarted: GettingStartedQueries;
  readonly outgoingMail: OutgoingMailQueries;
  readonly alerts: AlertQueries;
  readonly csrActivity: CsrActivityQueries;

  /** Tells the worker that the log has grown up to `head`. Cheap; older positions change nothing. */
  wake(head: Position): void;
  /** Last committed position of a model; null before its first event. */
  position(name: ProjectionName): Position | null;
  /**
   * True as soon as all named models have committed `position`, false after `timeoutMs` without that, or at the close.
   * Rejects when `position` was not given by this log.
   */
  whenProcessed(names: readonly ProjectionName[], position: Position, timeoutMs: number): Promise<boolean>;
  /** Calls back after commits that changed rows of the model, once for those of one turn. @returns how to stop it. */
  onChange(name: ProjectionName, listener: (position: Position) => void): () => void;

  states(): readonly ProjectionState<ProjectionName>[];
  /** Calls back at once when a status changes and at most four times a second while positions move. */
  onStates(listener: (states: readonly ProjectionState<ProjectionName>[]) => void): () => void;
  /** Builds the model anew beside the one that answers, then switches. Settles after the switch; never rejects. */
  rebuild(name: ProjectionName): Promise<RebuildResult>;
  /** Kept over restarts. Going on also tries a failed projection again. */
  pause(name: ProjectionName, paused: boolean): Promise<void>;
  close(): Promise<void>;
}
