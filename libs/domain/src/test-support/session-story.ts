import type { JoiningEvent } from '../joining';
import type { ChatEvent } from '../chat';
import type { SupportSessionEvent } from '../support-session';
import type { SessionRole } from '../events';
import { at, id, sealed } from './given-when-then';

/** People of the example session: the place in the session, the account or customer behind it, the name. */
export const csr = person(1, 'representative');
export const colleague = person(2, 'representative');
export const ana = person(3, 'customer');
export const ben = person(4, 'customer');
export const chen = person(5, 'customer');
export const stranger = person(9, 'customer');

export interface Person {
  readonly participantId: string;
  readonly personId: string;
  readonly name: ReturnType<typeof sealed>;
}

function person(n: number, side: 'representative' | 'customer'): Person {
  const personId = id(100 + n);
  return { participantId: id(n), personId, name: sealed(`${side}-${personId}`, 'identity', `name-${n}`) };
}

export const sessionSubject = `supportSession-${id(1000)}`;
export const lapsesAt = at(30 * 60);

export const started: readonly SupportSessionEvent[] = [
  {
    type: 'SessionStarted',
    payload: {
      direction: 'outbound',
      number: '482913057',
      numberExpiresAt: lapsesAt,
      representativeId: csr.personId,
    },
  },
  joined(csr, 'primaryRepresentative'),
];

export function joined({ participantId, personId, name }: Person, role: SessionRole): JoiningEvent {
  return { type: 'ParticipantJoined', payload: { participantId, role, personId, name } };
}

/** Ana is in as the customer whom the number let in. */
export const withAna: readonly SupportSessionEvent[] = [...started, joined(ana, 'primaryCustomer')];

/** Ana and Ben are in, Ben because he was admitted. */
export const withAnaAndBen: readonly SupportSessionEvent[] = [
  ...withAna,
  asked(ben),
  { type: 'JoinAdmitted', payload: { participantId: ben.participantId } },
  joined(ben, 'secondaryCustomer'),
];

export const ended: SupportSessionEvent = {
  type: 'SessionEnded',
  payload: { reason: 'endedByRepresentative', by: csr.participantId },
};

export function asked({ participantId, personId, name }: Person): JoiningEvent {
  return { type: 'JoinRequested', payload: { participantId, customerId: personId, name } };
}

export function about<Type extends SupportSessionEvent['type']>(
  type: Type,
  { participantId }: Person,
): { type: Type; payload: { participantId: string } } {
  return { type, payload: { participantId } };
}

/** The n-th line of chat, under a key of its own. */
export function line(n: number, author: Person, to: Person | 'all' = 'all'): ChatEvent & { type: 'ChatMessageSent' } {
  return {
    type: 'ChatMessageSent',
    payload: {
      messageId: id(500 + n),
      authorId: author.participantId,
      to: to === 'all' ? 'all' : to.participantId,
      text: sealed(sessionSubject, 'content', `line-${n}`, n),
    },
  };
}

export function takenBack(n: number, author: Person, to: Person | 'all' = 'all'): ChatEvent {
  const { messageId, authorId, to: recipient } = line(n, author, to).payload;
  const key = { subject: sessionSubject, class: 'content', item: n } as const;
  return { type: 'ChatMessageTakenBack', payload: { messageId, authorId, to: recipient, key } };
}
