export * from './invitation';
export * from './invitation-events';
export * from './phone-number';
