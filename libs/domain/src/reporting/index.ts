export * from './reporting';
export * from './reporting-events';
