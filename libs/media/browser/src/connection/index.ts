export * from './media-connection';
export type { Publication, Publications, PublishResult, Wanted } from './publications';
