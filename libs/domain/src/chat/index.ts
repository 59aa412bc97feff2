export * from './chat';
export * from './chat-events';
export * from './chat-text';
