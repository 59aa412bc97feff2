export * from './note-text';
export * from './notes';
export * from './notes-events';
