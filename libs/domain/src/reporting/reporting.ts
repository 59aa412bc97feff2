import { accept, refuse } from '../decider';
import type { Command, Decision, Recorded } from '../decider';
import { isRepresentative } from '../events';
import { isInSession, numberOnlyAsks } from '../session-state';
import type { KnownSession, SessionFacts } from '../session-state';
import type { ReportingEvent } from './reporting-events';

export type ReportingCommand =
  | Command<
      'ReportSession',
      {
        readonly via: 'number' | 'invitation' | 'participant';
        readonly participantId: string | null;
        /** Whose link it was. */
        readonly invitationId?: string;
      }
    >
  | Command<'ReviewSessionReport', { readonly by: string }>;

export function evolveReporting<Facts extends SessionFacts>(facts: Facts, event: Recorded<ReportingEvent>): Facts {
  return { ...facts, reportedAt: event.type === 'SessionReported' ? event.occurredAt : null };
}

export function decideReporting(command: ReportingCommand, session: KnownSession): Decision<ReportingEvent> {
  if (command.type === 'ReviewSessionReport')
    return session.reportedAt === null ? accept() : accept({ type: 'SessionReportReviewed', payload: command.payload });
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  const { via, participantId } = command.payload;
  if (via === 'participant' && !isCustomerIn(participantId, session)) return refuse('NOT_A_PARTICIPANT');
  return session.reportedAt === null ? accept({ type: 'SessionReported', payload: { via, participantId } }) : accept();
}

/**
 * Whoever has a place in the session, its link, or a number that still lets in, ends it by his report. Once a customer is
 * in, the number alone ends nothing: it may have been guessed or overheard. No more does a link that was withdrawn: it
 * was sent to somebody else.
 */
export function endsByReport(
  { via, invitationId = '' }: Extract<ReportingCommand, { type: 'ReportSession' }>['payload'],
  session: KnownSession,
): boolean {
  const isInvited = via === 'invitation' && session.invitations[invitationId]?.status !== 'withdrawn';
  return isInvited || via === 'participant' || !numberOnlyAsks(session);
}

function isCustomerIn(participantId: string | null, session: KnownSession): boolean {
  const participant = participantId === null ? undefined : session.participants[participantId];
  return isInSession(participant) && !isRepresentative(participant.role);
}
