export * from './lifecycle-events';
export * from './session-number';
export * from './support-session';
