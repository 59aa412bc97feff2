export * from './claim';
export * from './claim-events';
