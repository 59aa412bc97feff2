export * from './integrity-events';
