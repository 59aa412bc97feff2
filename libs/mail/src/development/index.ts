export { DevelopmentMailbox } from './development-mailbox';
export type { CaughtMail } from './development-mailbox';
