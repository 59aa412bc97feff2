import type { Mail } from '../mail';

/** A mail as its recipient gets it. */
export interface ReceivedMail {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
}

/** What an adapter gives its contract suite; everything it made is gone after `dispose`. */
export interface MailHarness {
  readonly mail: Mail;
  /** All that has arrived, oldest first. */
  received(): Promise<readonly ReceivedMail[]>;
  dispose(): Promise<void>;
}

export type OpenMailHarness = () => Promise<MailHarness>;
