export { recorded } from './feed-event';
export type { FeedEvent } from './feed-event';
export { SessionStore } from './session-store';
