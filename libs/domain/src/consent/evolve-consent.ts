import { unreachable } from '../decider';
import type { Recorded } from '../decider';
import type { Grant, GrantEnding, PermissionRequest, SessionFacts } from '../session-state';
import type { ConsentEvent } from './consent-events';

export function evolveConsent<Facts extends SessionFacts>(facts: Facts, event: Recorded<ConsentEvent>): Facts {
  switch (event.type) {
    case 'PermissionRequested':
      return withRequest(facts, {
        ...event.payload,
        id: event.payload.requestId,
        status: 'sent',
        requestedAt: event.occurredAt,
        since: event.occurredAt,
        expiresAt: null,
        choiceFailure: null,
      });
    case 'PermissionRequestShown':
      return changed(facts, event, { status: 'shown', expiresAt: event.payload.expiresAt });
    case 'PermissionTimeExtended':
      return changed(facts, event, { expiresAt: event.payload.expiresAt });
    case 'PermissionApproved':
      return changed(facts, event, { status: 'choosing', choiceFailure: null });
    case 'PermissionNothingChosen':
      return changed(facts, event, {
        status: 'shown',
        expiresAt: event.payload.expiresAt,
        choiceFailure: event.payload.reason,
      });
    case 'PermissionDenied':
      return changed(facts, event, { status: 'denied' });
    case 'PermissionWithdrawn':
      return changed(facts, event, { status: 'withdrawn' });
    case 'PermissionTimedOut':
      return changed(facts, event, { status: 'timedOut' });
    case 'PermissionGranted':
      return granted(facts, event);
    case 'PermissionRevoked':
      return ended(facts, event, 'revoked');
    case 'PermissionEnded':
      return ended(facts, event, event.payload.reason);
    default:
      return unreachable(event);
  }
}

function withRequest<Facts extends SessionFacts>(facts: Facts, request: PermissionRequest): Facts {
  return { ...facts, requests: { ...facts.requests, [request.id]: request } };
}

/** A partial stream can lack the question: then there is nothing to change. */
function changed<Facts extends SessionFacts>(
  facts: Facts,
  { payload, occurredAt }: Recorded<ConsentEvent>,
  change: Partial<PermissionRequest>,
): Facts {
  const request = facts.requests[payload.requestId];
  return request === undefined ? facts : withRequest(facts, { ...request, since: occurredAt, ...change });
}

function granted<Facts extends SessionFacts>(
  facts: Facts,
  event: Recorded<Extract<ConsentEvent, { type: 'PermissionGranted' }>>,
): Facts {
  const { grantId, requestId, capability, access, ownerId, grantees, surface } = event.payload;
  const grant: Grant = {
    ...{ id: grantId, requestId, capability, access, ownerId, grantees, surface },
    grantedAt: event.occurredAt,
    ended: null,
  };
  const answered = changed(facts, event, { status: 'granted' });
  return { ...answered, grants: { ...answered.grants, [grantId]: grant } };
}

function ended<Facts extends SessionFacts>(
  facts: Facts,
  event: Recorded<Extract<ConsentEvent, { type: 'PermissionRevoked' | 'PermissionEnded' }>>,
  how: 'revoked' | GrantEnding,
): Facts {
  const { grantId, by } = event.payload;
  const grant = facts.grants[grantId];
  if (grant === undefined) return facts;
  const over: Grant = { ...grant, ended: { at: event.occurredAt, by, how } };
  return { ...facts, grants: { ...facts.grants, [grantId]: over } };
}
