export * from './presence';
export * from './presence-events';
