export * from './session-state';
