export * from './consent';
export * from './consent-ends';
export * from './consent-events';
export * from './evolve-consent';
