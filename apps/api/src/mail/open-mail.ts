import type { Mail } from '@deskside/mail';
import { DevelopmentMailbox } from '@deskside/mail/development';
import { smtpMail } from '@deskside/mail/smtp';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import type { Settings } from '../settings/settings';

export interface MailParts {
  readonly mail: Mail;
  /** There also once a mail server is set: what it caught before must be readable and can be erased. */
  readonly developmentMailbox: DevelopmentMailbox;
}

type MailSettings = Pick<Settings, 'DESKSIDE_SMTP_URL' | 'DESKSIDE_MAIL_FROM' | 'DESKSIDE_MAIL_REPLY_TO'>;

/** The mail server of the settings; while there is none, a mailbox in the vault. */
export function openMail(settings: MailSettings, vault: Vault, clock: Clock): MailParts {
  const { DESKSIDE_SMTP_URL: url, DESKSIDE_MAIL_FROM: from, DESKSIDE_MAIL_REPLY_TO: replyTo } = settings;
  const developmentMailbox = new DevelopmentMailbox(vault, () => clock.now());
  if (url === undefined || from === undefined) return { mail: developmentMailbox, developmentMailbox };
  return { mail: smtpMail({ url, from, ...(replyTo === undefined ? {} : { replyTo }) }), developmentMailbox };
}
