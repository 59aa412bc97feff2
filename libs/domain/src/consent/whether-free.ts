import { refuse } from '../decider';
import { isLive, isOpenRequest } from '../session-state';
import type { Capability, KnownSession, PermissionRequest } from '../session-state';

/** A capability is open or asked for once at a time. */
export function whyTaken(capability: Capability, session: KnownSession): ReturnType<typeof refuse> | undefined {
  const live = Object.values(session.grants).some((g) => g.capability === capability && isLive(g));
  if (live) return refuse('ALREADY_GRANTED');
  const asked = Object.values(session.requests).some((r) => r.capability === capability && isOpenRequest(r));
  return asked ? refuse('REQUEST_ALREADY_OPEN') : undefined;
}

/** Only the owner answers, and only a question that is open. */
export function ownOpen(asked: PermissionRequest, by: string): ReturnType<typeof refuse> | undefined {
  if (asked.ownerId !== by) return refuse('NOT_ALLOWED');
  if (asked.status === 'timedOut') return refuse('REQUEST_TIMED_OUT');
  return isOpenRequest(asked) ? undefined : refuse('REQUEST_NOT_OPEN');
}
