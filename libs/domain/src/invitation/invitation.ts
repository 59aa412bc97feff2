import { accept, refuse, unreachable } from '../decider';
import type { Command, Decision, Instant, Recorded } from '../decider';
import { isRepresentative } from '../events';
import type { PersonalText } from '../personal-data';
import { isInSession } from '../session-state';
import type {
  Invitation,
  InvitationChannel,
  InvitationLocale,
  KnownSession,
  Sending,
  SendingFailure,
  SessionFacts,
} from '../session-state';
import type { InvitationEvent } from './invitation-events';

/** More invitations than one session needs; against a console that is used to send mail to the world. */
export const invitationLimit = 20;
/** How often one invitation can be sent again. */
export const resendLimit = 5;

export type InvitationCommand =
  | Command<
      'InviteCustomer',
      {
        readonly invitationId: string;
        readonly channel: InvitationChannel;
        readonly recipient?: PersonalText;
        readonly customerName?: PersonalText;
        readonly locale: InvitationLocale;
        readonly by: string;
      }
    >
  | Command<'ResendInvitation' | 'WithdrawInvitation', { readonly invitationId: string; readonly by: string }>
  | Command<'NoteInvitationSent', { readonly invitationId: string; readonly attempt: number }>
  | Command<
      'NoteInvitationFailed',
      {
        readonly invitationId: string;
        readonly attempt: number;
        readonly reason: SendingFailure;
        readonly serverReply?: PersonalText;
        readonly retryAt: Instant | null;
      }
    >;

export function evolveInvitation<Facts extends SessionFacts>(facts: Facts, event: Recorded<InvitationEvent>): Facts {
  const { invitationId } = event.payload;
  const invitation = event.type === 'CustomerInvited' ? invited(event) : facts.invitations[invitationId];
  if (invitation === undefined) return facts;
  return { ...facts, invitations: { ...facts.invitations, [invitationId]: { ...invitation, ...changeOf(event) } } };
}

function invited({ payload, occurredAt }: Recorded<Extract<InvitationEvent, { type: 'CustomerInvited' }>>): Invitation {
  const { invitationId, channel, recipient = null, customerName = null, locale, by } = payload;
  const sending: Sending = channel === 'email' ? { status: 'waiting', attempt: 1 } : { status: 'none' };
  return {
    ...{ id: invitationId, channel, recipient, customerName, locale, sending, status: 'open' },
    invitedBy: by,
    invitedAt: occurredAt,
  };
}

function changeOf(event: Recorded<InvitationEvent>): Partial<Invitation> {
  switch (event.type) {
    case 'CustomerInvited':
      return {};
    case 'InvitationResent':
      return { sending: { status: 'waiting', attempt: event.payload.attempt } };
    case 'InvitationSent':
      return { sending: { status: 'sent', attempt: event.payload.attempt, at: event.occurredAt } };
    case 'InvitationFailed': {
      const { attempt, reason, serverReply = null, retryAt } = event.payload;
      return { sending: { status: 'failed', attempt, at: event.occurredAt, reason, serverReply, retryAt } };
    }
    case 'InvitationWithdrawn':
      return { status: 'withdrawn' };
    case 'InvitationUsed':
      return { status: 'used' };
    default:
      return unreachable(event);
  }
}

export function decideInvitation(command: InvitationCommand, session: KnownSession): Decision<InvitationEvent> {
  if (command.type === 'NoteInvitationSent' || command.type === 'NoteInvitationFailed') return note(command, session);
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  const by = session.participants[command.payload.by];
  if (!isInSession(by) || !isRepresentative(by.role)) return refuse('NOT_A_PARTICIPANT');
  return command.type === 'InviteCustomer' ? invite(command.payload, session) : about(command, session);
}

function about(
  { type, payload }: Extract<InvitationCommand, { type: 'ResendInvitation' | 'WithdrawInvitation' }>,
  session: KnownSession,
): Decision<InvitationEvent> {
  const invitation = invitationIn(session, payload.invitationId);
  if (invitation === undefined) return refuse('INVITATION_NOT_FOUND');
  return type === 'ResendInvitation' ? resend(invitation, payload.by) : withdraw(invitation, payload.by);
}

/** An id comes from outside: only an invitation of the session's own counts, nothing that every object has. */
export function invitationIn({ invitations }: KnownSession, id: string): Invitation | undefined {
  return Object.hasOwn(invitations, id) ? invitations[id] : undefined;
}

function invite(
  payload: Extract<InvitationCommand, { type: 'InviteCustomer' }>['payload'],
  session: KnownSession,
): Decision<InvitationEvent> {
  if (session.invitations[payload.invitationId] !== undefined) return refuse('COMMAND_ID_REUSED');
  if (Object.keys(session.invitations).length >= invitationLimit)
    return refuse('TOO_MANY_INVITATIONS', { limit: invitationLimit });
  return accept({ type: 'CustomerInvited', payload });
}

function resend(invitation: Invitation, by: string): Decision<InvitationEvent> {
  const no = whyClosed(invitation);
  if (no !== undefined) return no;
  const { sending, id: invitationId } = invitation;
  if (sending.status === 'none') return refuse('INVITATION_NOT_FOUND');
  // It is on its way already: pressing again sends nothing twice.
  if (sending.status === 'waiting') return accept();
  if (sending.attempt > resendLimit) return refuse('TOO_MANY_INVITATIONS', { limit: resendLimit });
  return accept({ type: 'InvitationResent', payload: { invitationId, attempt: sending.attempt + 1, by } });
}

function withdraw(invitation: Invitation, by: string): Decision<InvitationEvent> {
  if (invitation.status === 'withdrawn') return accept();
  return whyClosed(invitation) ?? accept({ type: 'InvitationWithdrawn', payload: { invitationId: invitation.id, by } });
}

/** Why nobody comes in by this invitation any more. */
export function whyClosed({ status }: Invitation): ReturnType<typeof refuse> | undefined {
  if (status === 'open') return undefined;
  return refuse(status === 'used' ? 'INVITATION_USED' : 'INVITATION_WITHDRAWN');
}

/** What the mail server said is noted however the session stands meanwhile. */
function note(
  command: Extract<InvitationCommand, { type: 'NoteInvitationSent' | 'NoteInvitationFailed' }>,
  session: KnownSession,
): Decision<InvitationEvent> {
  const sending = session.invitations[command.payload.invitationId]?.sending;
  if (sending === undefined || !awaitsAnswer(sending, command.payload.attempt)) return accept();
  return command.type === 'NoteInvitationSent'
    ? accept({ type: 'InvitationSent', payload: command.payload })
    : accept({ type: 'InvitationFailed', payload: command.payload });
}

function awaitsAnswer(sending: Sending, attempt: number): boolean {
  if (sending.status === 'none' || sending.attempt !== attempt) return false;
  return sending.status === 'waiting' || (sending.status === 'failed' && sending.retryAt !== null);
}
