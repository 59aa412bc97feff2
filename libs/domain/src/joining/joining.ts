import { accept, refuse, unreachable } from '../decider';
import type { Command, Decision, Instant, Recorded } from '../decider';
import { isRepresentative } from '../events';
import type { SessionRole } from '../events';
import { whyClosed } from '../invitation';
import type { InvitationEvent } from '../invitation';
import type { PersonalText } from '../personal-data';
import { isInSession, numberOnlyAsks, participantsInSession } from '../session-state';
import type { KnownSession, Participant, SessionFacts, WaitingPerson } from '../session-state';
import type { JoiningEvent } from './joining-events';

/** More waiting people than anybody could look at: further ones are turned away. */
export const waitingLimit = 20;

interface Newcomer {
  readonly participantId: string;
  readonly customerId: string;
  readonly name: PersonalText;
}

export type JoiningCommand =
  | Command<'JoinByNumber', Newcomer>
  | Command<'JoinByInvitation', Newcomer & { readonly invitationId: string }>
  | Command<'AdmitToSession' | 'RefuseAdmission', { readonly participantId: string; readonly by: string }>
  | Command<'WithdrawJoinRequest', { readonly participantId: string }>
  | Command<'LeaveSession', { readonly participantId: string }>
  | Command<'RemoveParticipant', { readonly participantId: string; readonly by: string }>;

export function evolveJoining<Facts extends SessionFacts>(facts: Facts, event: Recorded<JoiningEvent>): Facts {
  switch (event.type) {
    case 'JoinRequested': {
      const { participantId } = event.payload;
      const person: WaitingPerson = {
        ...event.payload,
        since: event.occurredAt,
        answer: 'waiting',
        answeredRevision: null,
      };
      return { ...facts, waiting: { ...facts.waiting, [participantId]: person } };
    }
    case 'ParticipantJoined': {
      const { participantId, role, personId, name } = event.payload;
      const at = event.occurredAt;
      const joined: Participant = {
        id: participantId,
        role,
        personId,
        name,
        presence: 'present',
        joinedAt: at,
        presenceSince: at,
        joinedRevision: event.revision,
        leftRevision: null,
      };
      return {
        ...facts,
        waiting: without(facts.waiting, participantId),
        participants: { ...facts.participants, [participantId]: joined },
      };
    }
    case 'JoinAdmitted':
      return facts;
    case 'JoinRefused':
      return withAnswer(facts, event.payload.participantId, 'refused', event.revision);
    case 'JoinWithdrawn':
      return withAnswer(facts, event.payload.participantId, 'withdrawn', event.revision);
    case 'ParticipantLeft':
      return gone(facts, event.payload.participantId, 'left', event);
    case 'ParticipantRemoved':
      return gone(facts, event.payload.participantId, 'removed', event);
    default:
      return unreachable(event);
  }
}

function without(waiting: SessionFacts['waiting'], participantId: string): SessionFacts['waiting'] {
  return Object.fromEntries(Object.entries(waiting).filter(([id]) => id !== participantId));
}

function withAnswer<Facts extends SessionFacts>(
  facts: Facts,
  id: string,
  answer: WaitingPerson['answer'],
  answeredRevision: number,
): Facts {
  const person = facts.waiting[id];
  if (person === undefined) return facts;
  return { ...facts, waiting: { ...facts.waiting, [id]: { ...person, answer, answeredRevision } } };
}

function gone<Facts extends SessionFacts>(
  facts: Facts,
  id: string,
  presence: 'left' | 'removed',
  { occurredAt, revision }: Recorded<JoiningEvent>,
): Facts {
  const participant = facts.participants[id];
  if (participant === undefined) return facts;
  const changed: Participant = { ...participant, presence, presenceSince: occurredAt, leftRevision: revision };
  return { ...facts, participants: { ...facts.participants, [id]: changed } };
}

export function decideJoining(
  command: JoiningCommand,
  session: KnownSession,
): Decision<JoiningEvent | InvitationEvent> {
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  switch (command.type) {
    case 'JoinByNumber':
      return joinByNumber(command.payload, command.now, session);
    case 'JoinByInvitation':
      return joinByInvitation(command.payload, session);
    case 'AdmitToSession':
    case 'RefuseAdmission':
      return answerRequest(command.type, command.payload, session);
    case 'WithdrawJoinRequest':
      return session.waiting[command.payload.participantId]?.answer === 'waiting'
        ? accept({ type: 'JoinWithdrawn', payload: { participantId: command.payload.participantId } })
        : refuse('JOIN_REQUEST_NOT_WAITING');
    case 'LeaveSession':
      return leave(command.payload.participantId, session);
    case 'RemoveParticipant':
      return remove(command.payload, session);
    default:
      return unreachable(command);
  }
}

function joinByNumber(newcomer: Newcomer, now: Instant, session: KnownSession): Decision<JoiningEvent> {
  return joinedBefore(newcomer.participantId, session) ?? comeIn(newcomer, now, session);
}

/** The answer to somebody who has asked already: a place in the session is taken once, and a "no" stays one. */
function joinedBefore(participantId: string, session: KnownSession): Decision<JoiningEvent> | undefined {
  const participant = session.participants[participantId];
  if (participant !== undefined) return isInSession(participant) ? accept() : refuse('NOT_A_PARTICIPANT');
  switch (session.waiting[participantId]?.answer) {
    case 'waiting':
      return accept();
    case 'refused':
      return refuse('JOIN_REFUSED');
    case 'withdrawn':
      return refuse('JOIN_REQUEST_NOT_WAITING');
    case undefined:
      return undefined;
  }
}

function comeIn(newcomer: Newcomer, now: Instant, session: KnownSession): Decision<JoiningEvent> {
  return isNumberGood(session, now) ? enter(newcomer, session) : refuse('SESSION_NUMBER_UNKNOWN');
}

/** False once the number has lapsed unused or its session is over: then it is as good as any that was never given out. */
export function isNumberGood(session: KnownSession, now: Instant): boolean {
  if (session.status === 'ended') return false;
  return numberOnlyAsks(session) || session.numberExpiresAt === null || now < session.numberExpiresAt;
}

/** The first customer is in at once; further ones ask. */
function enter(newcomer: Newcomer, session: KnownSession): Decision<JoiningEvent> {
  if (!numberOnlyAsks(session)) return accept(joined(newcomer, 'primaryCustomer'));
  const waiting = Object.values(session.waiting).filter((w) => w.answer === 'waiting');
  if (waiting.length >= waitingLimit) return refuse('TOO_MANY_WAITING');
  return accept({ type: 'JoinRequested', payload: newcomer });
}

/** A link uses up its invitation and lets in as long as the session is open, also after its number has lapsed. */
function joinByInvitation(
  { invitationId, ...newcomer }: Newcomer & { readonly invitationId: string },
  session: KnownSession,
): Decision<JoiningEvent | InvitationEvent> {
  const before = joinedBefore(newcomer.participantId, session);
  if (before !== undefined) return before;
  const invitation = session.invitations[invitationId];
  if (invitation === undefined) return refuse('INVITATION_NOT_VALID');
  const closed = whyClosed(invitation);
  if (closed !== undefined) return closed;
  const entry = enter(newcomer, session);
  if (!entry.ok) return entry;
  const { participantId } = newcomer;
  return accept<JoiningEvent | InvitationEvent>(...entry.events, {
    type: 'InvitationUsed',
    payload: { invitationId, participantId },
  });
}

function joined({ participantId, customerId, name }: Newcomer, role: SessionRole): JoiningEvent {
  return { type: 'ParticipantJoined', payload: { participantId, role, personId: customerId, name } };
}

function answerRequest(
  type: 'AdmitToSession' | 'RefuseAdmission',
  { participantId, by }: { participantId: string; by: string },
  session: KnownSession,
): Decision<JoiningEvent> {
  if (!servesSession(by, session)) return refuse('NOT_A_PARTICIPANT');
  const person = session.waiting[participantId];
  if (person?.answer !== 'waiting') return refuse('JOIN_REQUEST_NOT_WAITING');
  if (type === 'RefuseAdmission') return accept({ type: 'JoinRefused', payload: { participantId } });
  return accept<JoiningEvent>(
    { type: 'JoinAdmitted', payload: { participantId } },
    joined(person, isPrimaryThere(session) ? 'secondaryCustomer' : 'primaryCustomer'),
  );
}

/** Whoever left and comes back, or comes in the place of one who left, is the one to be helped. */
function isPrimaryThere(session: KnownSession): boolean {
  return participantsInSession(session).some(({ role }) => role === 'primaryCustomer');
}

function leave(participantId: string, session: KnownSession): Decision<JoiningEvent> {
  if (!isInSession(session.participants[participantId])) return refuse('NOT_A_PARTICIPANT');
  return accept({ type: 'ParticipantLeft', payload: { participantId } });
}

function remove(
  { participantId, by }: { participantId: string; by: string },
  session: KnownSession,
): Decision<JoiningEvent> {
  if (!servesSession(by, session)) return refuse('NOT_A_PARTICIPANT');
  const target = session.participants[participantId];
  if (!isInSession(target) || isRepresentative(target.role)) return refuse('PARTICIPANT_NOT_FOUND');
  return accept({ type: 'ParticipantRemoved', payload: { participantId } });
}

/** True when this participant is in the session as a representative. */
export function servesSession(participantId: string, session: KnownSession): boolean {
  const participant = session.participants[participantId];
  return isInSession(participant) && isRepresentative(participant.role);
}
