export * from './envelope';
export * from './event-store';
export * from './integrity';
export * from './seal';
export * from './stream-pages';
export * from './told-events';
export * from './well-formed-envelope';
