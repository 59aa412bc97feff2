import { accept, refuse } from '../decider';
import type { Decision } from '../decider';
import { isInSession, isLive, isResumable } from '../session-state';
import type { Capability, KnownSession, Surface } from '../session-state';
import type { CommandOf } from './consent-commands';
import type { ConsentEvent } from './consent-events';
import { ownOpen, whyTaken } from './whether-free';

/** What the browser must say was chosen. */
const surfaceOf: Readonly<Record<Capability, Surface>> = { desktop: 'monitor' };

export function grant(
  { requestId, grantId, by, surface }: CommandOf<'GrantPermission'>['payload'],
  session: KnownSession,
): Decision<ConsentEvent> {
  const asked = session.requests[requestId];
  if (asked === undefined) return refuse('REQUEST_NOT_OPEN');
  const no = ownOpen(asked, by);
  if (no !== undefined) return no;
  if (asked.status !== 'choosing') return refuse('REQUEST_NOT_OPEN');
  if (session.grants[grantId] !== undefined) return refuse('COMMAND_ID_REUSED');
  const { capability, access, ownerId } = asked;
  const wrong = whyWrong(surface, capability);
  if (wrong !== undefined) return wrong;
  const rest = { requestId, grantId, capability, access, ownerId, surface, resumes: null };
  return grantTo(asked.grantees, session, rest);
}

type Granted = Extract<ConsentEvent, { type: 'PermissionGranted' }>['payload'];

/** For those who were named and are still there. */
function grantTo(
  named: readonly string[],
  session: KnownSession,
  rest: Omit<Granted, 'grantees'>,
): Decision<ConsentEvent> {
  const grantees = named.filter((id) => isInSession(session.participants[id]));
  if (grantees.length === 0) return refuse('REQUEST_NOT_OPEN');
  return accept({ type: 'PermissionGranted', payload: { ...rest, grantees } });
}

export function revoke(
  { grantId, by }: CommandOf<'RevokePermission'>['payload'],
  session: KnownSession,
): Decision<ConsentEvent> {
  const given = session.grants[grantId];
  if (given === undefined) return refuse('GRANT_NOT_FOUND');
  if (given.ownerId !== by) return refuse('NOT_ALLOWED');
  // Pressed twice, or over already: it is as the owner wants it.
  if (!isLive(given)) return accept();
  return accept({ type: 'PermissionRevoked', payload: { requestId: given.requestId, grantId, by } });
}

export function end(
  { grantId, by, reason }: CommandOf<'EndPermission'>['payload'],
  session: KnownSession,
): Decision<ConsentEvent> {
  const given = session.grants[grantId];
  if (given === undefined) return refuse('GRANT_NOT_FOUND');
  const may = reason === 'endedByViewer' ? given.grantees.includes(by) : given.ownerId === by;
  if (!may) return refuse('NOT_ALLOWED');
  if (!isLive(given)) return accept();
  return accept({ type: 'PermissionEnded', payload: { requestId: given.requestId, grantId, by, reason } });
}

/** The owner takes up again what ended with his page: he has agreed before and chooses anew. */
export function resume(
  { endedGrantId, grantId, by, surface }: CommandOf<'ResumePermission'>['payload'],
  session: KnownSession,
): Decision<ConsentEvent> {
  if (session.grants[grantId] !== undefined) return refuse('COMMAND_ID_REUSED');
  const before = session.grants[endedGrantId];
  if (before === undefined || !isResumable(before)) return refuse('GRANT_NOT_FOUND');
  const { requestId, capability, access, ownerId } = before;
  if (ownerId !== by || !isInSession(session.participants[by])) return refuse('NOT_ALLOWED');
  // While a question stands on his screen, its answer is the way.
  const no = whyTaken(capability, session) ?? whyWrong(surface, capability);
  if (no !== undefined) return no;
  return grantTo(before.grantees, session, {
    ...{ requestId, grantId, capability, access, ownerId, surface },
    resumes: endedGrantId,
  });
}

/** Not every browser tells what was chosen (Firefox does not): then the owner's own choice stands, and the log says so. */
function whyWrong(surface: Surface, capability: Capability): ReturnType<typeof refuse> | undefined {
  return surface === 'unknown' || surface === surfaceOf[capability] ? undefined : refuse('WRONG_SURFACE');
}
