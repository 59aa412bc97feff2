// What tools that measure need of the worker's inside; apps import '@deskside/projections'.
export { allProjections } from '../all-projections';
export { ProjectionEngine } from '../engine/projection-engine';
export type { EngineObserver } from '../engine/engine-reports';
export type { EngineOptions, LogSource } from '../engine/projection-engine';
export { readPage } from '../engine/log-page';
export type { LogPage, OpenText } from '../engine/log-page';
export { ProjectionFile } from '../engine/projection-file';
export type { Change, Projection, ProjectedEvent } from '../engine/projection';
export { SampleHistory } from '../testing/sample-history';
export type { SampleEvent, SealSample } from '../testing/sample-history';
export { SampleLogWriter, sealLater } from '../testing/sample-log-writer';
export { planChanges } from '../testing/plan-changes';
