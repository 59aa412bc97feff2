import { isInSession, isLive, isOpenRequest } from '../session-state';
import type { Grant, GrantEnding, KnownSession } from '../session-state';
import type { ConsentEvent } from './consent-events';

/** What ends with somebody's going: his grants as their owner, those that nobody else sees, and the questions he asked or was asked. */
export function endsWithParticipant(participantId: string, session: KnownSession): readonly ConsentEvent[] {
  const remain = (ids: readonly string[]): boolean =>
    ids.some((id) => id !== participantId && isInSession(session.participants[id]));
  const grants = Object.values(session.grants).filter(isLive);
  const requests = Object.values(session.requests).filter(isOpenRequest);
  return [
    ...requests
      .filter((r) => r.ownerId === participantId || !remain(r.grantees))
      .map((r) => withdrawn(r.id, r.requestedBy === participantId ? participantId : null)),
    ...grants.flatMap((g) => {
      if (g.ownerId === participantId) return [ended(g, 'ownerLeft', participantId)];
      return remain(g.grantees) ? [] : [ended(g, 'viewersLeft', participantId)];
    }),
  ];
}

/** What ends with the session: everything. `by` is null when nobody ended it. */
export function endsWithSession(session: KnownSession, by: string | null): readonly ConsentEvent[] {
  return [
    ...Object.values(session.requests)
      .filter(isOpenRequest)
      .map((r) => withdrawn(r.id, by)),
    ...Object.values(session.grants)
      .filter(isLive)
      .map((g) => ended(g, 'sessionEnded', by)),
  ];
}

function withdrawn(requestId: string, by: string | null): ConsentEvent {
  return { type: 'PermissionWithdrawn', payload: { requestId, by } };
}

function ended({ id, requestId }: Grant, reason: GrantEnding, by: string | null): ConsentEvent {
  return { type: 'PermissionEnded', payload: { requestId, grantId: id, by, reason } };
}
