export * from './envelope';
export * from './event-store';
export * from './intact-envelope';
export * from './integrity';
export * from './seal';
export * from './stream-pages';
export * from './told-events';
