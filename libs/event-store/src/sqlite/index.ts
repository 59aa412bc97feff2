export { holdLock } from './hold-lock';
export type { HeldLock } from './hold-lock';
export { LogUnusable } from './log-schema';
export { openSqliteEventStore } from './sqlite-event-store';
export type { SqliteEventStoreOptions } from './sqlite-event-store';
export type { LogIncident } from './writer-client';
export { openSqliteLogReader } from './sqlite-log-reader';
export type { SqliteLogReader, SqliteLogReaderOptions } from './sqlite-log-reader';
