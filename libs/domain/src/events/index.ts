export * from './declare-event';
