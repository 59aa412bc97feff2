export { smtpMail } from './smtp-mail';
export type { SmtpSettings } from './smtp-mail';
