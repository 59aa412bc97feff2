import { accept, refuse, unreachable } from '../decider';
import type { Command, Decision, Instant } from '../decider';
import { isRepresentative } from '../events';
import { isInSession, isLive, isOpenRequest, participantsInSession } from '../session-state';
import type {
  Access,
  Capability,
  ChoiceFailure,
  Grant,
  KnownSession,
  PermissionRequest,
  Surface,
} from '../session-state';
import type { ConsentEvent } from './consent-events';

/** How long a question stands on the owner's screen, and how much "More time" adds. */
export const requestSeconds = 120;

/** After a choice that gave nothing the question stands for at least this long, however late the approval was. */
const leastSecondsAfterChoice = 20;

/** What the browser must say was chosen. */
const surfaceOf: Readonly<Record<Capability, Surface>> = { desktop: 'monitor' };

export type ConsentCommand =
  | Command<
      'RequestPermission',
      { readonly requestId: string; readonly capability: Capability; readonly access: Access; readonly by: string }
    >
  | Command<
      'ShowRequest' | 'ExtendRequest' | 'ApproveRequest' | 'DenyRequest' | 'WithdrawRequest',
      { readonly requestId: string; readonly by: string }
    >
  | Command<'ReportNothingChosen', { readonly requestId: string; readonly by: string; readonly reason: ChoiceFailure }>
  | Command<
      'GrantPermission',
      { readonly requestId: string; readonly grantId: string; readonly by: string; readonly surface: Surface }
    >
  | Command<'TimeOutRequest', { readonly requestId: string }>
  | Command<'RevokePermission', { readonly grantId: string; readonly by: string }>
  | Command<
      'EndPermission',
      {
        readonly grantId: string;
        readonly by: string;
        readonly reason: 'endedByViewer' | 'captureEnded' | 'pageClosed';
      }
    >
  | Command<
      'ResumePermission',
      { readonly endedGrantId: string; readonly grantId: string; readonly by: string; readonly surface: Surface }
    >;

type CommandOf<Type extends ConsentCommand['type']> = Extract<ConsentCommand, { type: Type }>;

export function decideConsent(command: ConsentCommand, session: KnownSession): Decision<ConsentEvent> {
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  switch (command.type) {
    case 'RequestPermission':
      return request(command.payload, session);
    case 'GrantPermission':
      return grant(command.payload, session);
    case 'RevokePermission':
      return revoke(command.payload, session);
    case 'EndPermission':
      return end(command.payload, session);
    case 'ResumePermission':
      return resume(command.payload, session);
    default:
      return answer(command, session);
  }
}

function request(
  { requestId, capability, access, by }: CommandOf<'RequestPermission'>['payload'],
  session: KnownSession,
): Decision<ConsentEvent> {
  if (!isInSession(session.participants[by]) || !isRepresentative(session.participants[by].role))
    return refuse('NOT_A_PARTICIPANT');
  const owner = participantsInSession(session).find(({ role }) => role === 'primaryCustomer');
  if (owner === undefined) return refuse('CUSTOMER_NOT_HERE');
  if (session.devices[owner.id]?.canShareScreen === false) return refuse('DEVICE_CANNOT');
  if (liveGrantOf(capability, session) !== undefined) return refuse('ALREADY_GRANTED');
  const same = Object.values(session.requests).some((r) => r.capability === capability && isOpenRequest(r));
  if (same) return refuse('REQUEST_ALREADY_OPEN');
  const grantees = representativesIn(session);
  return accept({
    type: 'PermissionRequested',
    payload: { requestId, capability, access, ownerId: owner.id, requestedBy: by, grantees: [...grantees] },
  });
}

function representativesIn(session: KnownSession): readonly string[] {
  return participantsInSession(session)
    .filter(({ role }) => isRepresentative(role))
    .map(({ id }) => id);
}

function liveGrantOf(capability: Capability, session: KnownSession): Grant | undefined {
  return Object.values(session.grants).find((g) => g.capability === capability && isLive(g));
}

type Answering = Exclude<
  ConsentCommand,
  { type: 'RequestPermission' | 'GrantPermission' | 'RevokePermission' | 'EndPermission' | 'ResumePermission' }
>;

function answer(command: Answering, session: KnownSession): Decision<ConsentEvent> {
  const asked = session.requests[command.payload.requestId];
  if (asked === undefined) return refuse('REQUEST_NOT_OPEN');
  switch (command.type) {
    case 'ShowRequest':
      return ownOpen(asked, command.payload.by) ?? show(asked, command.now);
    case 'ExtendRequest':
      return ownOpen(asked, command.payload.by) ?? extend(asked, command.now);
    case 'ApproveRequest':
      return ownOpen(asked, command.payload.by) ?? approve(asked, command.now);
    case 'ReportNothingChosen':
      return ownOpen(asked, command.payload.by) ?? nothingChosen(asked, command.payload.reason, command.now);
    case 'DenyRequest':
      return (
        ownOpen(asked, command.payload.by) ?? accept({ type: 'PermissionDenied', payload: { requestId: asked.id } })
      );
    case 'WithdrawRequest':
      return withdraw(asked, command.payload.by, session);
    case 'TimeOutRequest':
      return timeOut(asked, command.now);
    default:
      return unreachable(command);
  }
}

/** Only the owner answers, and only a question that is open. */
function ownOpen(asked: PermissionRequest, by: string): ReturnType<typeof refuse> | undefined {
  if (asked.ownerId !== by) return refuse('NOT_ALLOWED');
  if (asked.status === 'timedOut') return refuse('REQUEST_TIMED_OUT');
  return isOpenRequest(asked) ? undefined : refuse('REQUEST_NOT_OPEN');
}

function show(asked: PermissionRequest, now: Instant): Decision<ConsentEvent> {
  if (asked.status !== 'sent') return accept();
  const expiresAt = later(now, requestSeconds);
  return accept({ type: 'PermissionRequestShown', payload: { requestId: asked.id, expiresAt } });
}

function extend(asked: PermissionRequest, now: Instant): Decision<ConsentEvent> {
  if (asked.status !== 'shown' || asked.expiresAt === null) return accept();
  if (now >= asked.expiresAt) return refuse('REQUEST_TIMED_OUT');
  const expiresAt = later(asked.expiresAt, requestSeconds);
  return accept({ type: 'PermissionTimeExtended', payload: { requestId: asked.id, expiresAt } });
}

function approve(asked: PermissionRequest, now: Instant): Decision<ConsentEvent> {
  if (asked.status === 'choosing') return accept();
  if (asked.expiresAt !== null && now >= asked.expiresAt) return refuse('REQUEST_TIMED_OUT');
  return accept({ type: 'PermissionApproved', payload: { requestId: asked.id } });
}

function nothingChosen(asked: PermissionRequest, reason: ChoiceFailure, now: Instant): Decision<ConsentEvent> {
  if (asked.status !== 'choosing') return accept();
  // The clock stood while the browser's own dialog was open.
  const left = asked.expiresAt === null ? requestSeconds : secondsBetween(asked.since, asked.expiresAt);
  const expiresAt = later(now, Math.max(left, leastSecondsAfterChoice));
  return accept({ type: 'PermissionNothingChosen', payload: { requestId: asked.id, reason, expiresAt } });
}

function withdraw(asked: PermissionRequest, by: string, session: KnownSession): Decision<ConsentEvent> {
  if (!representativesIn(session).includes(by)) return refuse('NOT_A_PARTICIPANT');
  if (asked.status === 'withdrawn') return accept();
  if (!isOpenRequest(asked)) return refuse('REQUEST_NOT_OPEN');
  return accept({ type: 'PermissionWithdrawn', payload: { requestId: asked.id, by } });
}

function timeOut(asked: PermissionRequest, now: Instant): Decision<ConsentEvent> {
  const due = asked.status === 'shown' && asked.expiresAt !== null && now >= asked.expiresAt;
  return due ? accept({ type: 'PermissionTimedOut', payload: { requestId: asked.id } }) : accept();
}

function grant(
  { requestId, grantId, by, surface }: CommandOf<'GrantPermission'>['payload'],
  session: KnownSession,
): Decision<ConsentEvent> {
  const asked = session.requests[requestId];
  if (asked === undefined) return refuse('REQUEST_NOT_OPEN');
  const no = ownOpen(asked, by);
  if (no !== undefined) return no;
  if (asked.status !== 'choosing') return refuse('REQUEST_NOT_OPEN');
  if (surface !== surfaceOf[asked.capability]) return refuse('WRONG_SURFACE');
  const { capability, access, ownerId } = asked;
  const grantees = stillIn(asked.grantees, session);
  if (grantees.length === 0) return refuse('REQUEST_NOT_OPEN');
  return accept({
    type: 'PermissionGranted',
    payload: { requestId, grantId, capability, access, ownerId, grantees, surface, resumes: null },
  });
}

function stillIn(ids: readonly string[], session: KnownSession): string[] {
  return ids.filter((id) => isInSession(session.participants[id]));
}

function revoke(
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

function end(
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
function resume(
  { endedGrantId, grantId, by, surface }: CommandOf<'ResumePermission'>['payload'],
  session: KnownSession,
): Decision<ConsentEvent> {
  const before = session.grants[endedGrantId];
  if (before === undefined || !isResumable(before)) return refuse('GRANT_NOT_FOUND');
  if (before.ownerId !== by) return refuse('NOT_ALLOWED');
  if (liveGrantOf(before.capability, session) !== undefined) return refuse('ALREADY_GRANTED');
  if (surface !== surfaceOf[before.capability]) return refuse('WRONG_SURFACE');
  const { requestId, capability, access, ownerId } = before;
  const grantees = stillIn(before.grantees, session);
  if (grantees.length === 0) return refuse('GRANT_NOT_FOUND');
  return accept({
    type: 'PermissionGranted',
    payload: { requestId, grantId, capability, access, ownerId, grantees, surface, resumes: endedGrantId },
  });
}

/** Ended by a closed page or a stopped capture, not by anybody's wish. */
export function isResumable({ ended }: Grant): boolean {
  return ended !== null && (ended.how === 'pageClosed' || ended.how === 'captureEnded');
}

function later(from: Instant, seconds: number): Instant {
  return new Date(Date.parse(from) + seconds * 1000).toISOString();
}

function secondsBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
