export * from './device';
export * from './device-events';
