export * from './invitation';
export * from './invitation-events';
