export * from './site';
export * from './site-events';
