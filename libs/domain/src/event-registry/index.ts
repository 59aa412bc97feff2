export * from './brought-up';
export * from './event-registry';
export * from './has-declared-form';
export * from './may-viewer-see';
