export * from './lifecycle-events';
export * from './session-number';
export * from './session-texts';
export * from './support-session';
