export { launchMediaBrowser, mediaFlags } from './media-browser';
export type { Picks } from './media-browser';
export { Person } from './person';
export type { Viewed } from './person';
export { SessionInTest } from './session-in-test';
export { SignallingProxy } from './signalling-proxy';
export { serveTestPage } from './test-page';
export type { TestPage } from './test-page';
export { until } from './until';
