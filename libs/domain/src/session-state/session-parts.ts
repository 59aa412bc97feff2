import type { Instant } from '../decider';
import type { PersonalText } from '../personal-data';

/** Somebody who takes part in the talk; whoever does not is neither heard nor hears. */
export interface AudioPlace {
  readonly muted: boolean;
  readonly joinedAt: Instant;
}

/** A note with all its versions, the last one counts. */
export interface Note {
  readonly id: string;
  /** Account of whoever wrote it. */
  readonly authorId: string;
  readonly versions: readonly { readonly text: PersonalText; readonly savedAt: Instant }[];
}

export const deviceForms = ['desktop', 'phone', 'tablet'] as const;

/** What a participant's browser and device are and can do, in coarse words that identify nobody. */
export interface Device {
  readonly browser: string;
  readonly system: string;
  readonly form: (typeof deviceForms)[number];
  readonly canShareScreen: boolean;
  readonly microphones: number;
  readonly cameras: number;
}

export const invitationChannels = ['email', 'phone', 'instantMessage'] as const;
export type InvitationChannel = (typeof invitationChannels)[number];

export const invitationLocales = ['en', 'sr-Latn', 'sr-Cyrl', 'zh-Hant-TW'] as const;
export type InvitationLocale = (typeof invitationLocales)[number];

export const sendingFailures = [
  'recipientRefused',
  'senderRefused',
  'signInRefused',
  'serverUnreachable',
  'serverRefused',
  'timedOut',
] as const;
export type SendingFailure = (typeof sendingFailures)[number];

/** How the sending of a mail stands; invitations by telephone and instant message are `none`. */
export type Sending =
  | { readonly status: 'none' }
  | { readonly status: 'waiting'; readonly attempt: number }
  | { readonly status: 'sent'; readonly attempt: number; readonly at: Instant }
  | {
      readonly status: 'failed';
      readonly attempt: number;
      readonly at: Instant;
      readonly reason: SendingFailure;
      readonly serverReply: PersonalText | null;
      /** When it is tried again by itself; null: it is not. */
      readonly retryAt: Instant | null;
    };

export interface Invitation {
  readonly id: string;
  readonly channel: InvitationChannel;
  readonly recipient: PersonalText | null;
  readonly customerName: PersonalText | null;
  readonly locale: InvitationLocale;
  readonly invitedBy: string;
  readonly invitedAt: Instant;
  readonly sending: Sending;
  readonly status: 'open' | 'withdrawn' | 'used';
}
