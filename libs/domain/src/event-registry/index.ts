export * from './event-registry';
export * from './may-viewer-see';
