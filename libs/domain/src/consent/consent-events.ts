import * as v from 'valibot';
import { declareEvent, everybodyInSession, instant, uuid } from '../events';
import type { EventOf } from '../events';
import { accesses, capabilities, choiceFailures, grantEndings, surfaces } from '../session-state';

const aboutRequest = v.object({ requestId: uuid });
const open = { personal: {}, visibleTo: () => everybodyInSession } as const;

/** `requestedBy` asks `ownerId` for all of `grantees`, who are named in the question. */
export const PermissionRequested = declareEvent({
  type: 'PermissionRequested',
  version: 1,
  payload: v.object({
    requestId: uuid,
    capability: v.picklist(capabilities),
    access: v.picklist(accesses),
    ownerId: uuid,
    requestedBy: uuid,
    grantees: v.pipe(v.array(uuid), v.minLength(1)),
  }),
  ...open,
});

/** The question stands on the owner's screen: from here on the time runs. */
export const PermissionRequestShown = declareEvent({
  type: 'PermissionRequestShown',
  version: 1,
  payload: v.object({ requestId: uuid, expiresAt: instant }),
  ...open,
});

/** The owner wants more time to answer. */
export const PermissionTimeExtended = declareEvent({
  type: 'PermissionTimeExtended',
  version: 1,
  payload: v.object({ requestId: uuid, expiresAt: instant }),
  ...open,
});

/** The owner agrees and now chooses a surface in the browser's own dialog; no time runs meanwhile. */
export const PermissionApproved = declareEvent({
  type: 'PermissionApproved',
  version: 1,
  payload: aboutRequest,
  ...open,
});

/** The browser's dialog gave nothing that may be shown: the question is open again, with the time that was left. */
export const PermissionNothingChosen = declareEvent({
  type: 'PermissionNothingChosen',
  version: 1,
  payload: v.object({ requestId: uuid, reason: v.picklist(choiceFailures), expiresAt: instant }),
  ...open,
});

/** A surface is chosen: the grantees may see it from here on. `resumes` names an ended grant that its owner took up again. */
export const PermissionGranted = declareEvent({
  type: 'PermissionGranted',
  version: 1,
  payload: v.object({
    requestId: uuid,
    grantId: uuid,
    capability: v.picklist(capabilities),
    access: v.picklist(accesses),
    ownerId: uuid,
    grantees: v.pipe(v.array(uuid), v.minLength(1)),
    surface: v.picklist(surfaces),
    resumes: v.nullable(uuid),
  }),
  ...open,
});

export const PermissionDenied = declareEvent({
  type: 'PermissionDenied',
  version: 1,
  payload: aboutRequest,
  ...open,
});

/** Whoever asked does not want it any more; `by` is null when he left or the session ended. */
export const PermissionWithdrawn = declareEvent({
  type: 'PermissionWithdrawn',
  version: 1,
  payload: v.object({ requestId: uuid, by: v.nullable(uuid) }),
  ...open,
});

export const PermissionTimedOut = declareEvent({
  type: 'PermissionTimedOut',
  version: 1,
  payload: aboutRequest,
  ...open,
});

/** The owner pressed Stop. */
export const PermissionRevoked = declareEvent({
  type: 'PermissionRevoked',
  version: 1,
  payload: v.object({ requestId: uuid, grantId: uuid, by: uuid }),
  ...open,
});

/** The grant is over without its owner's Stop. */
export const PermissionEnded = declareEvent({
  type: 'PermissionEnded',
  version: 1,
  payload: v.object({
    requestId: uuid,
    grantId: uuid,
    by: v.nullable(uuid),
    reason: v.picklist(grantEndings),
  }),
  ...open,
});

export type ConsentEvent =
  | EventOf<typeof PermissionRequested>
  | EventOf<typeof PermissionRequestShown>
  | EventOf<typeof PermissionTimeExtended>
  | EventOf<typeof PermissionApproved>
  | EventOf<typeof PermissionNothingChosen>
  | EventOf<typeof PermissionGranted>
  | EventOf<typeof PermissionDenied>
  | EventOf<typeof PermissionWithdrawn>
  | EventOf<typeof PermissionTimedOut>
  | EventOf<typeof PermissionRevoked>
  | EventOf<typeof PermissionEnded>;
