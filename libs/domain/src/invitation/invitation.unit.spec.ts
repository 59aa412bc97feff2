import { describe, it } from '@jest/globals';
import { supportSession } from '../support-session';
import type { SupportSessionEvent } from '../support-session';
import { at, given, id, sealed } from '../test-support/given-when-then';
import {
  ana,
  asked,
  ben,
  csr,
  ended,
  joined,
  lapsesAt,
  sessionSubject,
  started,
  withAna,
} from '../test-support/session-story';
import type { Person } from '../test-support/session-story';
import { invitationLimit, resendLimit } from './invitation';
import type { InvitationCommand } from './invitation';
import type { InvitationEvent } from './invitation-events';

interface Intent<T extends InvitationCommand['type']> {
  readonly type: T;
  readonly payload: T extends 'InviteCustomer'
    ? Extract<InvitationCommand, { type: 'InviteCustomer' }>['payload']
    : { readonly invitationId: string; readonly by: string };
}
type Invited = Extract<InvitationEvent, { type: 'CustomerInvited' }>;

const invitationId = id(90);
const by = csr.participantId;
const recipient = sealed(sessionSubject, 'content', 'recipient');
const reply = sealed(sessionSubject, 'content', 'reply');

const invited: Invited = {
  type: 'CustomerInvited',
  payload: { invitationId, channel: 'email', recipient, locale: 'sr-Latn', by },
};
const told: Invited = { type: 'CustomerInvited', payload: { invitationId, channel: 'phone', locale: 'en', by } };
const sent = (attempt: number): InvitationEvent => ({ type: 'InvitationSent', payload: { invitationId, attempt } });
const resent = (attempt: number): InvitationEvent => ({
  type: 'InvitationResent',
  payload: { invitationId, attempt, by },
});
const failed = (attempt: number, retryAt: string | null): InvitationEvent => ({
  type: 'InvitationFailed',
  payload: { invitationId, attempt, reason: 'recipientRefused', serverReply: reply, retryAt },
});
const withdrawn: InvitationEvent = { type: 'InvitationWithdrawn', payload: { invitationId, by } };
const used = (who: Person): InvitationEvent => ({
  type: 'InvitationUsed',
  payload: { invitationId, participantId: who.participantId },
});

const invite: Intent<'InviteCustomer'> = {
  type: 'InviteCustomer',
  payload: { invitationId, channel: 'email', recipient, locale: 'sr-Latn', by },
};
const resend: Intent<'ResendInvitation'> = { type: 'ResendInvitation', payload: { invitationId, by } };
const withdraw: Intent<'WithdrawInvitation'> = { type: 'WithdrawInvitation', payload: { invitationId, by } };
const byLink = ({ participantId, personId, name }: Person) =>
  ({ type: 'JoinByInvitation', payload: { invitationId, participantId, customerId: personId, name } }) as const;

describe('InviteCustomer', () => {
  it('invites, before and after a customer came', () => {
    given(supportSession, ...started)
      .when(invite)
      .then(invited);
    given(supportSession, ...withAna)
      .when(invite)
      .then(invited);
  });

  it('is for representatives in an open session', () => {
    given(supportSession, ...withAna)
      .when({ ...invite, payload: { ...invite.payload, by: ana.participantId } })
      .thenRefused('NOT_A_PARTICIPANT');
    given(supportSession, ...withAna, ended)
      .when(invite)
      .thenRefused('SESSION_ENDED');
  });

  it('has a limit, so that a console is no machine for mail', () => {
    const many = Array.from({ length: invitationLimit }, (_, n) => ({
      ...invited,
      payload: { ...invited.payload, invitationId: id(900 + n) },
    }));
    given(supportSession, ...started, ...many)
      .when(invite)
      .thenRefused('TOO_MANY_INVITATIONS', { limit: invitationLimit });
  });
});

describe('what the mail server says', () => {
  const say = (type: 'sent' | 'failed', attempt: number, retryAt: string | null = null) =>
    type === 'sent'
      ? ({ type: 'NoteInvitationSent', payload: { invitationId, attempt } } as const)
      : ({
          type: 'NoteInvitationFailed',
          payload: { invitationId, attempt, reason: 'recipientRefused', serverReply: reply, retryAt },
        } as const);

  it('is noted, also after the end', () => {
    given(supportSession, ...started, invited)
      .when(say('sent', 1))
      .then(sent(1));
    given(supportSession, ...started, invited, ended)
      .when(say('failed', 1))
      .then(failed(1, null));
  });

  it('can be yes after a no that was tried again', () => {
    given(supportSession, ...started, invited, failed(1, at(100)))
      .when(say('sent', 1))
      .then(sent(1));
    given(supportSession, ...started, invited, failed(1, at(100)))
      .when(say('failed', 1, at(200)))
      .then(failed(1, at(200)));
  });

  it('is noted once, and not of an attempt that is over', () => {
    given(supportSession, ...started, invited, sent(1))
      .when(say('sent', 1))
      .thenNothing();
    given(supportSession, ...started, invited, failed(1, null))
      .when(say('sent', 1))
      .thenNothing();
    given(supportSession, ...started, invited, failed(1, null), resent(2))
      .when(say('sent', 1))
      .thenNothing();
    given(supportSession, ...started, told)
      .when(say('sent', 1))
      .thenNothing();
  });
});

describe('ResendInvitation', () => {
  it('sends once more', () => {
    given(supportSession, ...started, invited, sent(1))
      .when(resend)
      .then(resent(2));
    given(supportSession, ...started, invited, failed(1, null))
      .when(resend)
      .then(resent(2));
  });

  it('sends nothing twice while it is on its way', () => {
    given(supportSession, ...started, invited)
      .when(resend)
      .thenNothing();
  });

  it('stops at a number of times', () => {
    const tries = Array.from({ length: resendLimit }, (_, n) => [sent(n + 1), resent(n + 2)]).flat();
    given(supportSession, ...started, invited, ...tries, sent(resendLimit + 1))
      .when(resend)
      .thenRefused('TOO_MANY_INVITATIONS', { limit: resendLimit });
  });

  it('is refused where nothing is to be sent', () => {
    given(supportSession, ...started)
      .when(resend)
      .thenRefused('INVITATION_NOT_FOUND');
    given(supportSession, ...started, told)
      .when(resend)
      .thenRefused('INVITATION_NOT_FOUND');
    given(supportSession, ...started, invited, sent(1), withdrawn)
      .when(resend)
      .thenRefused('INVITATION_WITHDRAWN');
  });
});

describe('WithdrawInvitation', () => {
  it('closes the link, once', () => {
    given(supportSession, ...started, invited)
      .when(withdraw)
      .then(withdrawn);
    given(supportSession, ...started, invited, withdrawn)
      .when(withdraw)
      .thenNothing();
  });

  it('comes too late when it was used', () => {
    given(supportSession, ...withAna, invited, used(ana))
      .when(withdraw)
      .thenRefused('INVITATION_USED');
  });
});

describe('JoinByInvitation', () => {
  const invitedFirst: readonly SupportSessionEvent[] = [...started, invited, sent(1)];

  it('lets the first customer in, and is used up by that', () => {
    given(supportSession, ...invitedFirst)
      .when(byLink(ana))
      .then(joined(ana, 'primaryCustomer'), used(ana));
  });

  it('lets in after the number has lapsed, as long as the session is open', () => {
    given(supportSession, ...invitedFirst)
      .when({ ...byLink(ana), now: lapsesAt })
      .then(joined(ana, 'primaryCustomer'), used(ana));
  });

  it('only asks when a customer is in', () => {
    given(supportSession, ...withAna, invited)
      .when(byLink(ben))
      .then(asked(ben), used(ben));
  });

  it('is refused when used, withdrawn, unknown or ended', () => {
    given(supportSession, ...invitedFirst, joined(ana, 'primaryCustomer'), used(ana))
      .when(byLink(ben))
      .thenRefused('INVITATION_USED');
    given(supportSession, ...invitedFirst, withdrawn)
      .when(byLink(ana))
      .thenRefused('INVITATION_WITHDRAWN');
    given(supportSession, ...started)
      .when(byLink(ana))
      .thenRefused('INVITATION_NOT_VALID');
    given(supportSession, ...invitedFirst, ended)
      .when(byLink(ana))
      .thenRefused('SESSION_ENDED');
  });

  it('answers whoever came by it before as then', () => {
    given(supportSession, ...invitedFirst, joined(ana, 'primaryCustomer'), used(ana))
      .when(byLink(ana))
      .thenNothing();
  });
});
