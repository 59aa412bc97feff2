import type { Instant } from '../decider';
import type { ParticipantViewer, SessionRole } from '../events';
import type { PersonalText } from '../personal-data';
import type { Grant, PermissionRequest } from './permission-state';
import type { AudioPlace, Device, Invitation, Note } from './session-parts';

/** Somebody who came in. `left` and `removed` are for good, `away` is a lost connection. */
export interface Participant {
  readonly id: string;
  readonly role: SessionRole;
  readonly personId: string;
  readonly name: PersonalText;
  readonly presence: 'present' | 'away' | 'left' | 'removed';
  readonly joinedAt: Instant;
  /** Since when the presence is what it is. */
  readonly presenceSince: Instant;
  readonly joinedRevision: number;
  /** Revision of the leaving or removal; null while in the session. */
  readonly leftRevision: number | null;
}

/** Somebody with the number who waits for a representative's answer. */
export interface WaitingPerson {
  readonly participantId: string;
  readonly customerId: string;
  readonly name: PersonalText;
  readonly since: Instant;
  readonly answer: 'waiting' | 'refused' | 'withdrawn';
  /** Revision of the refusal or withdrawal; null while he waits. */
  readonly answeredRevision: number | null;
}

export interface ChatLine {
  readonly messageId: string;
  readonly authorId: string;
  readonly to: 'all' | string;
  readonly sentAt: Instant;
  readonly revision: number;
  /** null once taken back. */
  readonly text: PersonalText | null;
}

/** What is known of a session; a viewer's own fold knows only what he may see. */
export interface SessionFacts {
  readonly number: string | null;
  readonly numberExpiresAt: Instant | null;
  readonly representativeId: string | null;
  readonly subject: PersonalText | null;
  readonly ticket: PersonalText | null;
  readonly startedAt: Instant;
  readonly participants: Readonly<Record<string, Participant>>;
  readonly waiting: Readonly<Record<string, WaitingPerson>>;
  readonly chat: readonly ChatLine[];
  readonly requests: Readonly<Record<string, PermissionRequest>>;
  readonly grants: Readonly<Record<string, Grant>>;
  /** By participant; who is not in it does not take part in the talk. */
  readonly audio: Readonly<Record<string, AudioPlace>>;
  readonly notes: Readonly<Record<string, Note>>;
  /** By participant. */
  readonly devices: Readonly<Record<string, Device>>;
  readonly invitations: Readonly<Record<string, Invitation>>;
  /** Since when somebody says that this session was no help he had asked for; null: nobody does. */
  readonly reportedAt: Instant | null;
}

export type SupportSession =
  | { readonly status: 'absent' }
  | (SessionFacts & { readonly status: 'open' })
  | (SessionFacts & {
      readonly status: 'ended';
      readonly endedAt: Instant;
      readonly endReason: 'endedByRepresentative' | 'numberLapsed' | 'reported';
      readonly endedBy: string | null;
    });

export type KnownSession = Exclude<SupportSession, { status: 'absent' }>;

export function isInSession(participant: Participant | undefined): participant is Participant {
  return participant?.presence === 'present' || participant?.presence === 'away';
}

export function participantsInSession(session: KnownSession): readonly Participant[] {
  return Object.values(session.participants).filter(isInSession);
}

/** The participant as whom an account or a customer stands in the session, if any. */
export function participantOf(session: SupportSession, personId: string): Participant | undefined {
  if (session.status === 'absent') return undefined;
  return Object.values(session.participants).find((p) => p.personId === personId && isInSession(p));
}

/** As whom this participant, or person who waits or was turned away, looks at the session; undefined for a stranger. */
export function viewerIn(session: SupportSession, participantId: string): ParticipantViewer | undefined {
  if (session.status === 'absent') return undefined;
  const participant = session.participants[participantId];
  if (participant !== undefined) {
    const { role, joinedRevision, leftRevision } = participant;
    return { kind: 'participant', participantId, role, joinedRevision, leftRevision };
  }
  const person = session.waiting[participantId];
  if (person === undefined) return undefined;
  return {
    kind: 'participant',
    participantId,
    role: null,
    joinedRevision: null,
    leftRevision: person.answeredRevision,
  };
}

/** True once a primary customer has been in: from then on the number only asks. */
export function numberOnlyAsks(facts: SessionFacts): boolean {
  return Object.values(facts.participants).some((p) => p.role === 'primaryCustomer');
}
