import type { SendingFailure } from '@deskside/domain';
import type { MailOutcome } from '../mail';
import { oneLine } from '../one-line';

type Failure = Extract<MailOutcome, { ok: false }>;

/** What nodemailer puts on its errors (its `NodemailerError`). */
interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly message: string;
  readonly cause?: unknown;
  readonly rejectedErrors?: readonly SmtpError[];
}

/** Longer than any sensible reply; what a server says is shown, not trusted. */
const replyLimit = 500;

/** In which words of ours the mail did not go out. */
export function failureOf(error: unknown): Failure {
  const smtp = asSmtpError(error);
  const reply = smtp.response;
  return reply === undefined ? unanswered(smtp) : answered(smtp, reply);
}

/** The server has answered: 4yz is for now, 5yz for good (RFC 5321, 4.2.1). */
function answered({ command, code, responseCode = 0 }: SmtpError, response: string): Failure {
  // 503 says that the conversation went wrong, not the mail.
  const again = responseCode < 500 || responseCode === 503;
  return { ok: false, reason: reasonOf(command ?? '', code), serverReply: shown(response), again };
}

function reasonOf(command: string, code: string | undefined): SendingFailure {
  if (command.startsWith('RCPT TO')) return 'recipientRefused';
  if (command.startsWith('MAIL FROM')) return 'senderRefused';
  return code === 'EAUTH' || command.startsWith('AUTH') ? 'signInRefused' : 'serverRefused';
}

/** The server has said nothing: there is only what happened on the way. */
function unanswered({ code, message }: SmtpError): Failure {
  switch (code) {
    case 'ETIMEDOUT':
    case 'EABORT':
      return { ok: false, reason: 'timedOut', again: true };
    case 'EAUTH':
    case 'ENOAUTH':
      return { ok: false, reason: 'signInRefused', again: false };
    case 'EENVELOPE':
      return { ok: false, reason: 'recipientRefused', again: false };
    case 'ETLS':
      return { ok: false, reason: 'serverUnreachable', serverReply: shown(message), again: false };
    default:
      return unreachable(message);
  }
}

/** A certificate that is not trusted stays so; whoever runs the site has to see why. */
function unreachable(message: string): Failure {
  const isUntrusted = /certificate|altnames|ssl routines|wrong version number/i.test(message);
  return isUntrusted
    ? { ok: false, reason: 'serverUnreachable', serverReply: shown(message), again: false }
    : { ok: false, reason: 'serverUnreachable', again: true };
}

/** The error of the one recipient, where there is one, names the command that was refused. */
function asSmtpError(error: unknown): SmtpError {
  const whole = error as SmtpError;
  const [ofRecipient] = whole.rejectedErrors ?? [];
  return ofRecipient ?? whole;
}

function shown(text: string): string {
  return oneLine(text).slice(0, replyLimit);
}
