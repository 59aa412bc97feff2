import * as v from 'valibot';
import { auditors, declareEvent, uuid } from '../events';
import type { EventOf } from '../events';

/**
 * Somebody who was called unasked reports the session as a possible fraud. `participantId` is null when he had not come in.
 * Where the report comes by a number that admits no more, the session goes on and administrators decide.
 */
export const SessionReported = declareEvent({
  type: 'SessionReported',
  version: 1,
  payload: v.object({
    via: v.picklist(['number', 'invitation', 'participant']),
    participantId: v.nullable(uuid),
  }),
  personal: {},
  visibleTo: () => ['representatives', auditors],
});

/** An administrator or supervisor has looked at the report: the alert goes away. `by` is an account. */
export const SessionReportReviewed = declareEvent({
  type: 'SessionReportReviewed',
  version: 1,
  payload: v.object({ by: uuid }),
  personal: {},
  visibleTo: () => [auditors],
});

export type ReportingEvent = EventOf<typeof SessionReported> | EventOf<typeof SessionReportReviewed>;
