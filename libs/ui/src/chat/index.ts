export { Chat } from './chat';
export { chatEntries, mayWrite, recipientsFor, unreadLines } from './chat-entries';
export type { ChatEntry, EventEntry, LineEntry, Recipient } from './chat-entries';
export type { ChatPort, OutgoingLine } from './chat-port';
export { forgetWriting } from './draft';
export { Outbox } from './outbox';
export { injectWhoTypes } from './who-types';
export type { TypingSignal } from './who-types';
