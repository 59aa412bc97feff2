import { isInSession } from '@deskside/domain';
import type { KnownSession, Participant, SupportSession, WaitingPerson } from '@deskside/domain';

type Known = { readonly session: KnownSession };

/** What this person is shown: one thing at a time. */
export type Stage =
  | { readonly at: 'loading' }
  | ({ readonly at: 'waiting'; readonly person: WaitingPerson } & Known)
  | { readonly at: 'refused' | 'withdrawn' | 'removed' }
  | ({ readonly at: 'session'; readonly me: Participant } & Known)
  | ({ readonly at: 'left' | 'ended'; readonly me: Participant | null; readonly until: string } & Known);

export function stageOf(session: SupportSession, participantId: string): Stage {
  if (session.status === 'absent') return { at: 'loading' };
  const me = session.participants[participantId];
  return me === undefined ? stageOutside(session, session.waiting[participantId]) : stageInside(session, me);
}

function stageInside(session: KnownSession, me: Participant): Stage {
  if (me.presence === 'removed') return { at: 'removed' };
  if (me.presence === 'left') return { at: 'left', session, me, until: me.presenceSince };
  if (session.status === 'ended') return { at: 'ended', session, me, until: session.endedAt };
  return { at: 'session', session, me };
}

function stageOutside(session: KnownSession, person: WaitingPerson | undefined): Stage {
  if (session.status === 'ended') return { at: 'ended', session, me: null, until: session.endedAt };
  if (person === undefined) return { at: 'loading' };
  return person.answer === 'waiting' ? { at: 'waiting', session, person } : { at: person.answer };
}

/** Representatives who are or were in the session, the primary one first. */
export function representativesIn(session: KnownSession): readonly Participant[] {
  return Object.values(session.participants)
    .filter(({ role }) => role === 'primaryRepresentative' || role === 'assistingRepresentative')
    .sort((a, b) => Number(b.role === 'primaryRepresentative') - Number(a.role === 'primaryRepresentative'));
}

/** Everybody else who is here: not I, and not the one who helps. */
export function othersHere(session: KnownSession, me: string): readonly Participant[] {
  const [helper] = representativesIn(session);
  return Object.values(session.participants).filter((p) => p.id !== me && p.id !== helper?.id && isInSession(p));
}
