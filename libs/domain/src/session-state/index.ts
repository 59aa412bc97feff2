export * from './permission-state';
export * from './session-parts';
export * from './session-state';
