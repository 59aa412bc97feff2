export type { AccountQueries, AccountRow } from './accounts/account-row';
export type { AlertQueries, AlertRow } from './alerts/alert';
export type { DeadlineQueries, DueRow } from './deadlines/due-row';
export type { ProjectionState, ProjectionStatus, RebuildResult } from './engine/projection-state';
export { readModelsFolder } from './engine/read-models-folder';
export type { GettingStartedQueries, GettingStartedSteps } from './getting-started/getting-started-steps';
export type { ReadModelIncident } from './main/incidents';
export { askAgainAfter, ReadModelUnavailable } from './main/read-model-unavailable';
export { projectionNames } from './main/read-models';
export type { ProjectionName, ProjectionsOptions, ReadModels } from './main/read-models';
export { startProjections } from './main/start-projections';
export type { OutgoingMailQueries, OutgoingMailRow } from './outgoing-mail/outgoing-mail';
export type { FoundCustomer, PeopleQueries } from './people-and-search/person';
export type {
  PresentParticipants,
  SealedField,
  SessionFilter,
  SessionNow,
  SessionPlace,
  SessionQueries,
  SessionSummary,
} from './sessions/session-summary';
export type { SiteHistoryQueries, SiteHistoryQuery, SiteHistoryRow } from './site-history/site-history-row';
export type { LogSettings, VaultSettings, WorkerSettings } from './worker/worker-settings';
export { gramQuery, gramsOf } from './people-and-search/bigrams';
export { foldForms, indexedForms, wordsOf } from './people-and-search/fold-text';
