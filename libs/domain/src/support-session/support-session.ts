import { decideChat, evolveChat } from '../chat';
import type { ChatCommand } from '../chat';
import type { ChatEvent } from '../chat';
import { accept, refuse } from '../decider';
import type { Command, Decider, Decision, Instant, Recorded } from '../decider';
import { isRepresentative } from '../events';
import { decideJoining, evolveJoining, servesSession } from '../joining';
import type { JoiningCommand } from '../joining';
import type { JoiningEvent } from '../joining';
import type { PersonalText } from '../personal-data';
import { decidePresence, evolvePresence } from '../presence';
import type { PresenceCommand } from '../presence';
import type { PresenceEvent } from '../presence';
import type { LifecycleEvent } from './lifecycle-events';
import { numberOnlyAsks, participantsInSession } from '../session-state';
import type { KnownSession, SessionFacts, SupportSession } from '../session-state';

export type SupportSessionEvent = LifecycleEvent | JoiningEvent | PresenceEvent | ChatEvent;

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

export type SupportSessionCommand = LifecycleCommand | JoiningCommand | PresenceCommand | ChatCommand;

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
    case 'ParticipantLeft':
    case 'ParticipantRemoved':
      return evolveJoining(session, event);
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
  };
}

function decide(command: SupportSessionCommand, state: SupportSession): Decision<SupportSessionEvent> {
  if (command.type === 'StartOutboundSession') return start(command.payload, state);
  if (state.status === 'absent') return refuse('SESSION_NOT_FOUND');
  switch (command.type) {
    case 'EndSession':
      return end(command.payload.by, state);
    case 'LeaveSession':
      // Nobody would be left who could end it: the last representative's leaving is the end.
      return isLastRepresentative(command.payload.participantId, state)
        ? end(command.payload.participantId, state)
        : decideJoining(command, state);
    case 'EndUnusedSession':
      return endUnused(command.now, state);
    case 'SendChatMessage':
    case 'TakeBackChatMessage':
      return decideChat(command, state);
    case 'NoteDisconnected':
    case 'NoteReturned':
      return decidePresence(command, state);
    default:
      return decideJoining(command, state);
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

function isLastRepresentative(participantId: string, session: KnownSession): boolean {
  const serving = participantsInSession(session).filter(({ role }) => isRepresentative(role));
  return serving.length === 1 && serving[0]?.id === participantId;
}

function end(by: string, session: KnownSession): Decision<LifecycleEvent> {
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  if (!servesSession(by, session)) return refuse('NOT_A_PARTICIPANT');
  return accept({ type: 'SessionEnded', payload: { reason: 'endedByRepresentative', by } });
}

function endUnused(now: Instant, session: KnownSession): Decision<LifecycleEvent> {
  const due = session.numberExpiresAt !== null && now >= session.numberExpiresAt;
  if (session.status === 'ended' || numberOnlyAsks(session) || !due) return accept();
  return accept({ type: 'SessionEnded', payload: { reason: 'numberLapsed', by: null } });
}
