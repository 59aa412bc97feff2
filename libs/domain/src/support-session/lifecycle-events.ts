import * as v from 'valibot';
import { declareEvent, everybodyInSession, instant, personalText, representativesOnly, uuid } from '../events';
import type { EventOf } from '../events';

/** A session was opened by a representative who will invite the customer. The number admits until `numberExpiresAt`. */
export const SessionStarted = declareEvent({
  type: 'SessionStarted',
  version: 1,
  payload: v.object({
    direction: v.picklist(['inbound', 'outbound']),
    number: v.pipe(v.string(), v.regex(/^\d{9}$/)),
    numberExpiresAt: instant,
    representativeId: uuid,
    subject: v.optional(personalText('content')),
    ticket: v.optional(personalText('content')),
  }),
  personal: { subject: 'content', ticket: 'content' },
  visibleTo: () => representativesOnly,
});

/** The session is over for all. `numberLapsed`: nobody came while its number was valid; `reported`: see SessionReported. */
export const SessionEnded = declareEvent({
  type: 'SessionEnded',
  version: 1,
  payload: v.object({
    reason: v.picklist(['endedByRepresentative', 'numberLapsed', 'reported']),
    by: v.nullable(uuid),
  }),
  personal: {},
  // Whoever waits at the door must not wait for ever.
  visibleTo: () => [...everybodyInSession, 'waiting'],
});

export type LifecycleEvent = EventOf<typeof SessionStarted> | EventOf<typeof SessionEnded>;
