import { decideAudio, evolveAudio, withoutAudio } from '../audio';
import type { AudioCommand, AudioEvent } from '../audio';
import { decideChat, evolveChat } from '../chat';
import type { ChatCommand } from '../chat';
import type { ChatEvent } from '../chat';
import { decideConsent, endsWithParticipant, endsWithSession, evolveConsent } from '../consent';
import type { ConsentCommand, ConsentEvent } from '../consent';
import { accept, refuse } from '../decider';
import type { Command, Decider, Decision, Instant, Recorded } from '../decider';
import { decideDevice, evolveDevice } from '../device';
import type { DeviceCommand, DeviceEvent } from '../device';
import { isRepresentative } from '../events';
import { decideInvitation, evolveInvitation } from '../invitation';
import type { InvitationCommand, InvitationEvent } from '../invitation';
import { decideJoining, evolveJoining, servesSession } from '../joining';
import type { JoiningCommand } from '../joining';
import type { JoiningEvent } from '../joining';
import { decideNotes, evolveNotes } from '../notes';
import type { NotesCommand, NotesEvent } from '../notes';
import type { PersonalText } from '../personal-data';
import { decidePresence, evolvePresence } from '../presence';
import type { PresenceCommand } from '../presence';
import type { PresenceEvent } from '../presence';
import { decideReporting, endsByReport, evolveReporting } from '../reporting';
import type { ReportingCommand, ReportingEvent } from '../reporting';
import type { LifecycleEvent } from './lifecycle-events';
import { numberOnlyAsks, participantsInSession } from '../session-state';
import type { KnownSession, SessionFacts, SupportSession } from '../session-state';

export type SupportSessionEvent =
  | LifecycleEvent
  | JoiningEvent
  | PresenceEvent
  | ChatEvent
  | ConsentEvent
  | AudioEvent
  | NotesEvent
  | DeviceEvent
  | InvitationEvent
  | ReportingEvent;

type LifecycleCommand =
  | Command<
      'StartOutboundSession',
      {
        readonly number: string;
        readonly numberExpiresAt: Instant;
        readonly representative: { readonly participantId: string; readonly id: string; readonly name: PersonalText };
        readonly subject?: PersonalText;
        readonly ticket?: PersonalText;
      }
    >
  | Command<'EndSession', { readonly by: string }>
  | Command<'EndUnusedSession', Readonly<Record<string, never>>>;

export type SupportSessionCommand =
  | LifecycleCommand
  | JoiningCommand
  | PresenceCommand
  | ChatCommand
  | ConsentCommand
  | AudioCommand
  | NotesCommand
  | DeviceCommand
  | InvitationCommand
  | ReportingCommand;

/** The stream `supportSession-<id>`: each capability rules its own events, this puts them together. */
export const supportSession: Decider<SupportSessionCommand, SupportSessionEvent, SupportSession> = {
  initialState: () => ({ status: 'absent' }),
  evolve,
  decide,
};

function evolve(state: SupportSession, event: Recorded<SupportSessionEvent>): SupportSession {
  const session = state.status === 'absent' ? opened(event.occurredAt) : state;
  switch (event.type) {
    case 'SessionStarted': {
      const { number, numberExpiresAt, representativeId, subject = null, ticket = null } = event.payload;
      return { ...session, number, numberExpiresAt, representativeId, subject, ticket };
    }
    case 'SessionEnded':
      return {
        ...session,
        status: 'ended',
        endedAt: event.occurredAt,
        endReason: event.payload.reason,
        endedBy: event.payload.by,
      };
    case 'ChatMessageSent':
    case 'ChatMessageTakenBack':
      return evolveChat(session, event);
    case 'ParticipantDisconnected':
    case 'ParticipantReturned':
      return evolvePresence(session, event);
    case 'JoinRequested':
    case 'JoinAdmitted':
    case 'JoinRefused':
    case 'JoinWithdrawn':
    case 'ParticipantJoined':
      return evolveJoining(session, event);
    case 'ParticipantLeft':
    case 'ParticipantRemoved':
      return withoutAudio(evolveJoining(session, event), event.payload.participantId);
    case 'PermissionRequested':
    case 'PermissionRequestShown':
    case 'PermissionTimeExtended':
    case 'PermissionApproved':
    case 'PermissionNothingChosen':
    case 'PermissionGranted':
    case 'PermissionDenied':
    case 'PermissionWithdrawn':
    case 'PermissionTimedOut':
    case 'PermissionRevoked':
    case 'PermissionEnded':
      return evolveConsent(session, event);
    case 'AudioJoined':
    case 'AudioLeft':
    case 'AudioMuted':
    case 'AudioUnmuted':
      return evolveAudio(session, event);
    case 'NoteSaved':
      return evolveNotes(session, event);
    case 'DeviceDescribed':
      return evolveDevice(session, event);
    case 'CustomerInvited':
    case 'InvitationResent':
    case 'InvitationSent':
    case 'InvitationFailed':
    case 'InvitationWithdrawn':
    case 'InvitationUsed':
      return evolveInvitation(session, event);
    case 'SessionReported':
    case 'SessionReportReviewed':
      return evolveReporting(session, event);
    default:
      // A newer writer's event: an older reader goes on without it.
      return state;
  }
}

/** A session begins with whatever event its viewer may see first. */
function opened(at: Instant): SessionFacts & { status: 'open' } {
  return {
    status: 'open',
    number: null,
    numberExpiresAt: null,
    representativeId: null,
    subject: null,
    ticket: null,
    startedAt: at,
    participants: {},
    waiting: {},
    chat: [],
    requests: {},
    grants: {},
    audio: {},
    notes: {},
    devices: {},
    invitations: {},
    reportedAt: null,
  };
}

function decide(command: SupportSessionCommand, state: SupportSession): Decision<SupportSessionEvent> {
  if (command.type === 'StartOutboundSession') return start(command.payload, state);
  if (state.status === 'absent') return refuse('SESSION_NOT_FOUND');
  switch (command.type) {
    case 'EndSession':
      return end(command.payload.by, state);
    case 'LeaveSession':
    case 'RemoveParticipant':
      return depart(command, state);
    case 'EndUnusedSession':
      return endUnused(command.now, state);
    case 'ReportSession':
      return report(command, state);
    case 'ReviewSessionReport':
      return decideReporting(command, state);
    case 'SendChatMessage':
    case 'TakeBackChatMessage':
      return decideChat(command, state);
    case 'NoteDisconnected':
    case 'NoteReturned':
      return decidePresence(command, state);
    case 'SaveNote':
      return decideNotes(command, state);
    case 'DescribeDevice':
      return decideDevice(command, state);
    case 'JoinAudio':
    case 'LeaveAudio':
    case 'MuteAudio':
    case 'UnmuteAudio':
      return decideAudio(command, state);
    case 'InviteCustomer':
    case 'ResendInvitation':
    case 'WithdrawInvitation':
    case 'NoteInvitationSent':
    case 'NoteInvitationFailed':
      return decideInvitation(command, state);
    case 'JoinByNumber':
    case 'JoinByInvitation':
    case 'AdmitToSession':
    case 'RefuseAdmission':
    case 'WithdrawJoinRequest':
      return decideJoining(command, state);
    default:
      return decideConsent(command, state);
  }
}

function start(
  { representative, ...session }: Extract<LifecycleCommand, { type: 'StartOutboundSession' }>['payload'],
  state: SupportSession,
): Decision<SupportSessionEvent> {
  // The id of a session is made from the command that starts it, so a second start is a broken caller.
  if (state.status !== 'absent') return refuse('COMMAND_ID_REUSED');
  return accept<SupportSessionEvent>(
    { type: 'SessionStarted', payload: { direction: 'outbound', representativeId: representative.id, ...session } },
    {
      type: 'ParticipantJoined',
      payload: {
        participantId: representative.participantId,
        role: 'primaryRepresentative',
        personId: representative.id,
        name: representative.name,
      },
    },
  );
}

/** Whoever goes takes his grants and questions with him; the last representative's leaving is the end. */
function depart(
  command: Extract<JoiningCommand, { type: 'LeaveSession' | 'RemoveParticipant' }>,
  session: KnownSession,
): Decision<SupportSessionEvent> {
  const { participantId } = command.payload;
  // Nobody would be left who could end it.
  if (command.type === 'LeaveSession' && isLastRepresentative(participantId, session))
    return end(participantId, session);
  const gone = decideJoining(command, session);
  if (!gone.ok) return gone;
  return accept<SupportSessionEvent>(...endsWithParticipant(participantId, session), ...gone.events);
}

function isLastRepresentative(participantId: string, session: KnownSession): boolean {
  const serving = participantsInSession(session).filter(({ role }) => isRepresentative(role));
  return serving.length === 1 && serving[0]?.id === participantId;
}

function end(by: string, session: KnownSession): Decision<SupportSessionEvent> {
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  if (!servesSession(by, session)) return refuse('NOT_A_PARTICIPANT');
  return accept(...overFor('endedByRepresentative', by, session));
}

function overFor(
  reason: Extract<LifecycleEvent, { type: 'SessionEnded' }>['payload']['reason'],
  by: string | null,
  session: KnownSession,
): readonly SupportSessionEvent[] {
  return [...endsWithSession(session, by), { type: 'SessionEnded', payload: { reason, by } }];
}

function endUnused(now: Instant, session: KnownSession): Decision<SupportSessionEvent> {
  const due = session.numberExpiresAt !== null && now >= session.numberExpiresAt;
  if (session.status === 'ended' || numberOnlyAsks(session) || !due) return accept();
  return accept(...overFor('numberLapsed', null, session));
}

function report(
  command: Extract<ReportingCommand, { type: 'ReportSession' }>,
  session: KnownSession,
): Decision<SupportSessionEvent> {
  const reported = decideReporting(command, session);
  if (!reported.ok) return reported;
  const ends = endsByReport(command.payload, session);
  const over = ends ? overFor('reported', command.payload.participantId, session) : [];
  return accept<SupportSessionEvent>(...reported.events, ...over);
}
