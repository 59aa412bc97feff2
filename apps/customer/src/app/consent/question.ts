import { isLive, isOpenRequest, isResumable } from '@deskside/domain';
import type { Grant, KnownSession, PermissionRequest } from '@deskside/domain';

/** What stands before me because somebody asked to see my screen. */
export type Question =
  | { readonly at: 'none' }
  | { readonly at: 'asked' | 'choosing'; readonly request: PermissionRequest }
  /** It went away by itself: said until it is read. */
  | { readonly at: 'withdrawn' | 'timedOut'; readonly request: PermissionRequest };

/** The newest question to me. @param read ids of requests whose going was read */
export function questionOf(session: KnownSession, me: string, read: ReadonlySet<string>): Question {
  if (session.status === 'ended') return { at: 'none' };
  const request = newest(
    Object.values(session.requests).filter(({ ownerId }) => ownerId === me),
    ({ requestedAt }) => requestedAt,
  );
  if (request === undefined) return { at: 'none' };
  if (isOpenRequest(request)) return { at: request.status === 'choosing' ? 'choosing' : 'asked', request };
  const { status } = request;
  const wentAway = status === 'withdrawn' || status === 'timedOut';
  return wentAway && !read.has(request.id) ? { at: status, request } : { at: 'none' };
}

/** What others see of me. */
export type Shown =
  | { readonly at: 'nothing' }
  | { readonly at: 'live'; readonly grant: Grant }
  /** Ended with its page or its capture, not by a wish: it can be taken up again. */
  | { readonly at: 'resumable'; readonly grant: Grant };

/** @param declined ids of grants that are not to be taken up again */
export function shownOf(session: KnownSession, me: string, declined: ReadonlySet<string>): Shown {
  if (session.status === 'ended') return { at: 'nothing' };
  const grant = newest(
    Object.values(session.grants).filter(({ ownerId }) => ownerId === me),
    ({ grantedAt }) => grantedAt,
  );
  if (grant === undefined) return { at: 'nothing' };
  if (isLive(grant)) return { at: 'live', grant };
  const isAsked = Object.values(session.requests).some((r) => r.ownerId === me && isOpenRequest(r));
  const offered = isResumable(grant) && !declined.has(grant.id) && !isAsked && seesSomebody(grant, session);
  return offered ? { at: 'resumable', grant } : { at: 'nothing' };
}

function seesSomebody({ grantees }: Grant, { participants }: KnownSession): boolean {
  return grantees.some((id) => ['present', 'away'].includes(participants[id]?.presence ?? ''));
}

function newest<T>(items: readonly T[], at: (item: T) => string): T | undefined {
  return items.reduce<T | undefined>(
    (last, item) => (last === undefined || at(item) >= at(last) ? item : last),
    undefined,
  );
}

/** How long the question still stands, in milliseconds; null before its time runs. @param now of the server's clock */
export function remainingMs({ status, expiresAt }: PermissionRequest, now: number): number | null {
  return status !== 'shown' || expiresAt === null ? null : Math.max(0, Date.parse(expiresAt) - now);
}
