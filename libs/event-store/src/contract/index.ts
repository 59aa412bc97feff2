export { appendUntilKilled } from './append-until-killed';
export { eventStoreContract } from './event-store-contract';
export { addFigures, inspectAfterKill, killOnce, NO_KILLS } from './kill-round';
export type { KillFigures } from './kill-round';
export { seededRandom } from './random';
export { SealedStream } from './sealed-stream';
export type { OpenHarness, StoreHarness } from './store-harness';
export { Watcher } from './watcher';
export * from './sealed-checkpoints';
