export { LogUnusable } from './log-schema';
export { openSqliteEventStore } from './sqlite-event-store';
export type { SqliteEventStore, SqliteEventStoreOptions } from './sqlite-event-store';
export { openSqliteLogReader } from './sqlite-log-reader';
export type { SqliteLogReader, SqliteLogReaderOptions } from './sqlite-log-reader';
