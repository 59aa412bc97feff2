export * from './decider';
export * from './refusal';
