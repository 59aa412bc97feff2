import { accept, refuse } from '../decider';
import type { Command, Decision, Recorded } from '../decider';
import { isInSession } from '../session-state';
import type { KnownSession, SessionFacts } from '../session-state';
import type { PresenceEvent } from './presence-events';

/** How long a participant's last window may be gone before he counts as disconnected. */
export const disconnectedAfterSeconds = 10;

/** After a start of the server everybody gets this long to come back before anyone is called disconnected. */
export const graceAfterBootSeconds = 30;

export type PresenceCommand = Command<'NoteDisconnected' | 'NoteReturned', { readonly participantId: string }>;

export function evolvePresence<Facts extends SessionFacts>(facts: Facts, event: Recorded<PresenceEvent>): Facts {
  const participant = facts.participants[event.payload.participantId];
  if (!isInSession(participant)) return facts;
  const presence = event.type === 'ParticipantReturned' ? 'present' : 'away';
  const changed = { ...participant, presence, presenceSince: event.occurredAt } as const;
  return { ...facts, participants: { ...facts.participants, [participant.id]: changed } };
}

export function decidePresence(command: PresenceCommand, session: KnownSession): Decision<PresenceEvent> {
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  const { participantId } = command.payload;
  const participant = session.participants[participantId];
  if (!isInSession(participant)) return refuse('NOT_A_PARTICIPANT');
  const type = command.type === 'NoteReturned' ? 'ParticipantReturned' : 'ParticipantDisconnected';
  const already = (type === 'ParticipantReturned') === (participant.presence === 'present');
  return already ? accept() : accept({ type, payload: { participantId } });
}
