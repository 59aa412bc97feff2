import * as v from 'valibot';
import { declareEvent, instant, personalText, representativesOnly, uuid } from '../events';
import type { EventOf } from '../events';
import { invitationChannels, invitationLocales, sendingFailures } from '../session-state';

const staff = { personal: {}, visibleTo: () => representativesOnly } as const;
const attempt = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A representative invites. Its link is made from the id under a key of the vault, so that no secret stands in the log. */
export const CustomerInvited = declareEvent({
  type: 'CustomerInvited',
  version: 1,
  payload: v.object({
    invitationId: uuid,
    channel: v.picklist(invitationChannels),
    /** The mail address or telephone number; absent for an instant message. */
    recipient: v.optional(personalText('content')),
    /** As whom the link lets somebody in who types no other name. */
    customerName: v.optional(personalText('content')),
    /** Language of the text and of the page that its link opens. */
    locale: v.picklist(invitationLocales),
    by: uuid,
  }),
  personal: { recipient: 'content', customerName: 'content' },
  visibleTo: () => representativesOnly,
});

/** The same invitation is to go out once more; counts from 2. */
export const InvitationResent = declareEvent({
  type: 'InvitationResent',
  version: 1,
  payload: v.object({ invitationId: uuid, attempt, by: uuid }),
  ...staff,
});

/** The mail server has accepted it. */
export const InvitationSent = declareEvent({
  type: 'InvitationSent',
  version: 1,
  payload: v.object({ invitationId: uuid, attempt }),
  ...staff,
});

/** It did not go out. With `retryAt` it is tried again by itself then; null: for good. */
export const InvitationFailed = declareEvent({
  type: 'InvitationFailed',
  version: 1,
  payload: v.object({
    invitationId: uuid,
    attempt,
    reason: v.picklist(sendingFailures),
    /** What the mail server said, in its own words; it can name the recipient. */
    serverReply: v.optional(personalText('content')),
    retryAt: v.nullable(instant),
  }),
  personal: { serverReply: 'content' },
  visibleTo: () => representativesOnly,
});

/** Its link lets nobody in any more. */
export const InvitationWithdrawn = declareEvent({
  type: 'InvitationWithdrawn',
  version: 1,
  payload: v.object({ invitationId: uuid, by: uuid }),
  ...staff,
});

/** Somebody came in by its link, which is used up by that. */
export const InvitationUsed = declareEvent({
  type: 'InvitationUsed',
  version: 1,
  payload: v.object({ invitationId: uuid, participantId: uuid }),
  ...staff,
});

export type InvitationEvent =
  | EventOf<typeof CustomerInvited>
  | EventOf<typeof InvitationResent>
  | EventOf<typeof InvitationSent>
  | EventOf<typeof InvitationFailed>
  | EventOf<typeof InvitationWithdrawn>
  | EventOf<typeof InvitationUsed>;
