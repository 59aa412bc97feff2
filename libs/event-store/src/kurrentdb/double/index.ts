export * from './faults';
export { KurrentDbDouble } from './kurrentdb-double';
export type { DoubleSettings } from './double-state';
export { openStoreOn } from './store-on-double';
