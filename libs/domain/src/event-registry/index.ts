export * from './event-registry';
