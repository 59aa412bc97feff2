import * as v from 'valibot';
import { auditorsOnly, declareEvent, instant } from '../events';
import type { EventOf } from '../events';

/**
 * A value that must be unique over all streams (an e-mail address, a session number) now belongs to `claimant`. The value
 * itself is nowhere: the stream is named by its HMAC. If the claimant's stream does not exist at `confirmBy`, the claim is
 * an orphan of a crash and is released.
 */
export const ValueClaimed = declareEvent({
  type: 'ValueClaimed',
  version: 1,
  payload: v.object({ kind: v.picklist(['email', 'sessionNumber']), claimant: v.string(), confirmBy: instant }),
  personal: {},
  visibleTo: () => auditorsOnly,
});

export const ValueReleased = declareEvent({
  type: 'ValueReleased',
  version: 1,
  payload: v.object({ claimant: v.string(), reason: v.picklist(['orphaned', 'sessionEnded', 'addressChanged']) }),
  personal: {},
  visibleTo: () => auditorsOnly,
});

export type ClaimEvent = EventOf<typeof ValueClaimed> | EventOf<typeof ValueReleased>;
