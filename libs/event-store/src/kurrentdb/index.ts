export type { ConnectionLimits, ConnectionOptions } from './kurrent-connection';
export { readLogAddress } from './log-address';
export { openKurrentEventStore } from './kurrent-event-store';
export type { KurrentEventStoreOptions } from './kurrent-event-store';
export { openKurrentLogReader } from './kurrent-log-reader';
