export { sendingLimitMs } from './mail';
export type { Mail, MailOutcome, OutgoingMail } from './mail';
export { messageIdOf } from './message-id';
