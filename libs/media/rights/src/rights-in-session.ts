import { isInSession, isLive } from '@deskside/domain';
import type { Grant, KnownSession, Participant, SupportSession } from '@deskside/domain';
import { noMediaRights } from './media-rights';
import type { MediaRights, MediaSource } from './media-rights';

/**
 * What the session's events allow a participant in its media room. His screen may be sent exactly while a grant of his is
 * live, his voice while he takes part in the talk; whoever sees a screen or takes part in the talk may receive. Whoever
 * waits, has gone or is unknown has nothing, and nobody has anything once the session is over.
 */
export function mediaRights(session: SupportSession, participantId: string): MediaRights {
  if (session.status !== 'open' || !isInSession(participantIn(session, participantId))) return noMediaRights;
  const talks = session.audio[participantId] !== undefined;
  const grants = liveGrants(session);
  const publish: MediaSource[] = [];
  if (grants.some((grant) => isScreenOf(participantId, grant))) publish.push('screenShare');
  // Muted too: whoever unmutes is heard at once.
  if (talks) publish.push('microphone');
  const sees = grants.some(({ grantees }) => grantees.includes(participantId));
  // Nothing can be controlled yet, so no message of control may be sent.
  return { subscribe: sees || talks, publish, data: false };
}

/** Who sees the screen of `ownerId` now: the grantees of his live grant who are in the session. */
export function screenViewers(session: SupportSession, ownerId: string): readonly string[] {
  if (session.status !== 'open' || !isInSession(participantIn(session, ownerId))) return [];
  const viewers = liveGrants(session)
    .filter((grant) => isScreenOf(ownerId, grant))
    .flatMap(({ grantees }) => grantees)
    .filter((id) => isInSession(participantIn(session, id)));
  return [...new Set(viewers)];
}

function liveGrants(session: KnownSession): readonly Grant[] {
  return Object.values(session.grants).filter(isLive);
}

function isScreenOf(ownerId: string, grant: Grant): boolean {
  return grant.capability === 'desktop' && grant.ownerId === ownerId;
}

/** An id comes from outside: only a place of the session's own counts, nothing that every object has. */
function participantIn(session: KnownSession, id: string): Participant | undefined {
  return Object.hasOwn(session.participants, id) ? session.participants[id] : undefined;
}
