export * from './result-code';
export * from './when-free';
