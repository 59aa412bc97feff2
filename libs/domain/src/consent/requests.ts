import { accept, refuse, unreachable } from '../decider';
import type { Decision, Instant } from '../decider';
import { isRepresentative } from '../events';
import { isOpenRequest, participantsInSession } from '../session-state';
import type { Capability, ChoiceFailure, KnownSession, PermissionRequest } from '../session-state';
import type { CommandOf, ConsentCommand } from './consent-commands';
import type { ConsentEvent } from './consent-events';
import { ownOpen, whyTaken } from './whether-free';

/** How long a question stands on the owner's screen, and how much "More time" adds. */
export const requestSeconds = 120;

/** After a choice that gave nothing the question stands for at least this long, however late the approval was. */
const leastSecondsAfterChoice = 20;

export function request(
  { requestId, capability, access, by }: CommandOf<'RequestPermission'>['payload'],
  session: KnownSession,
): Decision<ConsentEvent> {
  const grantees = representativesIn(session);
  if (!grantees.includes(by)) return refuse('NOT_A_PARTICIPANT');
  // Ids are made from the commands, so one that is known is a broken caller; so for grants.
  if (session.requests[requestId] !== undefined) return refuse('COMMAND_ID_REUSED');
  const owner = participantsInSession(session).find(({ role }) => role === 'primaryCustomer');
  if (owner === undefined) return refuse('CUSTOMER_NOT_HERE');
  const payload = { requestId, capability, access, ownerId: owner.id, requestedBy: by, grantees: [...grantees] };
  return whyNotAsked(capability, owner.id, session) ?? accept({ type: 'PermissionRequested', payload });
}

function whyNotAsked(
  capability: Capability,
  ownerId: string,
  session: KnownSession,
): ReturnType<typeof refuse> | undefined {
  if (session.devices[ownerId]?.canShareScreen === false) return refuse('DEVICE_CANNOT');
  return whyTaken(capability, session);
}

function representativesIn(session: KnownSession): readonly string[] {
  return participantsInSession(session)
    .filter(({ role }) => isRepresentative(role))
    .map(({ id }) => id);
}

type Answering = Exclude<
  ConsentCommand,
  { type: 'RequestPermission' | 'GrantPermission' | 'RevokePermission' | 'EndPermission' | 'ResumePermission' }
>;

export function answer(command: Answering, session: KnownSession): Decision<ConsentEvent> {
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

function later(from: Instant, seconds: number): Instant {
  return new Date(Date.parse(from) + seconds * 1000).toISOString();
}

function secondsBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
