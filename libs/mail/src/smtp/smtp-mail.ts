import { createTransport } from 'nodemailer';
import { sendingLimitMs } from '../mail';
import type { Mail, MailOutcome, OutgoingMail } from '../mail';
import { messageIdOf } from '../message-id';
import { oneLine } from '../one-line';
import { failureOf } from './failure-of';

export interface SmtpSettings {
  /** `smtps://user:password@host:465` (TLS from the start) or `smtp://host:587` (STARTTLS where the server offers it). */
  readonly url: string;
  /** Sender of all mail: `support@example.com` or `Example <support@example.com>`. */
  readonly from: string;
  readonly replyTo?: string;
}

/** Parts of one sending; their sum stays below `sendingLimitMs`, which bounds all of it. In milliseconds. */
const patience = { dnsTimeout: 3000, connectionTimeout: 4000, greetingTimeout: 5000, socketTimeout: 7000 } as const;

/** Mail by SMTP (RFC 5321). One connection a mail: invitations are few, and none waits behind another's slow server. */
export function smtpMail({ url, from, replyTo }: SmtpSettings): Mail {
  const transport = createTransport({
    url,
    ...patience,
    // Texts are ours, but nothing in a mail may ever be read from this machine or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    kind: 'smtp',
    from,
    send: async (mail) => {
      try {
        const { response } = await transport.sendMail({
          ...messageOf(mail, from),
          ...(replyTo === undefined ? {} : { replyTo }),
          signal: AbortSignal.timeout(sendingLimitMs),
        });
        return { ok: true, serverReply: response } satisfies MailOutcome;
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => Promise.resolve(transport.close()),
  };
}

function messageOf({ id, to, subject, text, html, locale }: OutgoingMail, from: string): object {
  return {
    ...{ from, to: { name: '', address: to }, subject: oneLine(subject), text },
    ...(html === undefined ? {} : { html }),
    messageId: messageIdOf(id, from),
    headers: {
      // RFC 3834: no holiday notes to a machine.
      'Auto-Submitted': 'auto-generated',
      'Content-Language': locale,
    },
  };
}
