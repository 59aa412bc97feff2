import { isInSession, isLive, isOpenRequest } from '@deskside/domain';
import type {
  ChoiceFailure,
  Device,
  Grant,
  Instant,
  KnownSession,
  Participant,
  PermissionRequest,
  SupportSession,
} from '@deskside/domain';

/** How the last request or share was over. `by` is null where nobody did it. */
export interface ScreenOutcome {
  readonly how: 'denied' | 'withdrawn' | 'timedOut' | NonNullable<Grant['ended']>['how'];
  readonly at: Instant;
  readonly by: string | null;
}

/** What the button Request View of the desktop stands at. */
export type ScreenRequest =
  /** `device` is set where the customer's own device is why. */
  | { readonly kind: 'notPossible'; readonly customer: Participant | null; readonly device: Device | null }
  | { readonly kind: 'idle'; readonly customer: Participant; readonly outcome: ScreenOutcome | null }
  /** Asked, but not on the customer's screen yet: no time runs. */
  | { readonly kind: 'sent'; readonly request: PermissionRequest; readonly customer: Participant }
  | {
      readonly kind: 'shown';
      readonly request: PermissionRequest;
      readonly customer: Participant;
      readonly expiresAt: Instant;
      /** Why the last choice gave no picture. */
      readonly failure: ChoiceFailure | null;
    }
  /** Approved: the browser's own dialog is open, no time runs. */
  | { readonly kind: 'choosing'; readonly request: PermissionRequest; readonly customer: Participant }
  /** `mine`: I am among those who may see it. */
  | { readonly kind: 'running'; readonly grant: Grant; readonly mine: boolean };

/** Of the whole screen, for the participant `me`. */
export function screenRequest(session: SupportSession, me: string): ScreenRequest {
  if (session.status !== 'open') return { kind: 'notPossible', customer: null, device: null };
  const grant = liveScreen(session);
  if (grant !== undefined) return { kind: 'running', grant, mine: grant.grantees.includes(me) };
  const customer = primaryCustomerIn(session);
  if (customer === undefined) return { kind: 'notPossible', customer: null, device: null };
  return withCustomer(session, customer);
}

function primaryCustomerIn({ participants }: KnownSession): Participant | undefined {
  return Object.values(participants).find((person) => person.role === 'primaryCustomer' && isInSession(person));
}

function withCustomer(session: KnownSession, customer: Participant): ScreenRequest {
  const last = Object.values(session.requests).findLast(({ capability }) => capability === 'desktop');
  if (last !== undefined && isOpenRequest(last)) return asked(last, customer);
  const device = session.devices[customer.id];
  if (device?.canShareScreen === false) return { kind: 'notPossible', customer, device };
  return { kind: 'idle', customer, outcome: last === undefined ? null : outcomeOf(last, session.grants) };
}

export function liveScreen(session: SupportSession): Grant | undefined {
  if (session.status !== 'open') return undefined;
  return Object.values(session.grants).find((grant) => grant.capability === 'desktop' && isLive(grant));
}

function asked(request: PermissionRequest, customer: Participant): ScreenRequest {
  if (request.status === 'choosing') return { kind: 'choosing', request, customer };
  if (request.status === 'sent' || request.expiresAt === null) return { kind: 'sent', request, customer };
  return { kind: 'shown', request, customer, expiresAt: request.expiresAt, failure: request.choiceFailure };
}

function outcomeOf(request: PermissionRequest, grants: Readonly<Record<string, Grant>>): ScreenOutcome | null {
  switch (request.status) {
    case 'denied':
    case 'timedOut':
      return { how: request.status, at: request.since, by: request.ownerId };
    case 'withdrawn':
      return { how: 'withdrawn', at: request.since, by: null };
    case 'granted':
      return Object.values(grants).findLast(({ requestId }) => requestId === request.id)?.ended ?? null;
    default:
      return null;
  }
}
