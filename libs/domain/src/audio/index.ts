export * from './audio';
export * from './audio-events';
