export * from './faults';
export { KurrentDbDouble } from './kurrentdb-double';
export type { DoubleSettings } from './kurrentdb-double';
