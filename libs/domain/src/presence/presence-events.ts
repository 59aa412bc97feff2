import * as v from 'valibot';
import { declareEvent, everybodyInSession, uuid } from '../events';
import type { EventOf } from '../events';

/** No window of this participant has been open for the grace time. The place in the session stays. */
export const ParticipantDisconnected = declareEvent({
  type: 'ParticipantDisconnected',
  version: 1,
  payload: v.object({ participantId: uuid }),
  personal: {},
  visibleTo: () => everybodyInSession,
});

export const ParticipantReturned = declareEvent({
  type: 'ParticipantReturned',
  version: 1,
  payload: v.object({ participantId: uuid }),
  personal: {},
  visibleTo: () => everybodyInSession,
});

export type PresenceEvent = EventOf<typeof ParticipantDisconnected> | EventOf<typeof ParticipantReturned>;
