export * from './consent';
export * from './consent-commands';
export * from './consent-ends';
export * from './consent-events';
export * from './evolve-consent';
export { requestSeconds } from './requests';
