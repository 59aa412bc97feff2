import type { SendingFailure } from '@deskside/domain';

/** One message to one person. */
export interface OutgoingMail {
  /**
   * The Message-ID is made from it and from the sender's domain. Whoever sends the same thing again after a crash passes
   * the same id, so that the receiving side can tell a repetition. Letters, digits, dots and hyphens.
   */
  readonly id: string;
  /** Whose data is in it, `supportSession-<id>` or `representative-<id>`: what is kept of it goes when that is erased. */
  readonly owner: string;
  /** A parsed mail address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Language of the text, for Content-Language (RFC 3282). */
  readonly locale: string;
}

export type MailOutcome =
  | { readonly ok: true; readonly serverReply?: string }
  | {
      readonly ok: false;
      readonly reason: SendingFailure;
      /** What the server said, in its own words; it can name the recipient. Absent when it said nothing. */
      readonly serverReply?: string;
      /** True when the same mail may be accepted later; false when nothing but a change will help. */
      readonly again: boolean;
    };

/**
 * The way of a mail out of this site. `send` never rejects for what a mail server does or does not do, and settles within
 * `sendingLimitMs`. `ok` means that the server has taken the mail over, no more. A mail whose sending timed out may have
 * been taken over all the same.
 */
export interface Mail {
  readonly kind: 'smtp' | 'development';
  /** Sender of all mail, as in a From line. */
  readonly from: string;
  send(mail: OutgoingMail): Promise<MailOutcome>;
  close(): Promise<void>;
}

/** A refusal of the server is known within this time, in milliseconds. */
export const sendingLimitMs = 8000;
