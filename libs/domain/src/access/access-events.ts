import * as v from 'valibot';
import { refusalCodes } from '../decider';
import { auditorsOnly, declareEvent, instant, uuid } from '../events';
import type { EventOf } from '../events';

const code = v.picklist(refusalCodes);
const visibleTo = (): typeof auditorsOnly => auditorsOnly;

/** Somebody who is signed in was refused for want of a right or for being no part of a session. */
export const CommandRefused = declareEvent({
  type: 'CommandRefused',
  version: 1,
  payload: v.object({ command: v.string(), code }),
  personal: {},
  visibleTo,
});

/** Refusals of people nobody knows, counted over at most a minute, so that a flood of tries is no flood of events. */
export const UnauthenticatedRefused = declareEvent({
  type: 'UnauthenticatedRefused',
  version: 1,
  payload: v.object({
    kind: v.picklist(['signIn', 'sessionNumber', 'accountLink']),
    count: v.pipe(v.number(), v.integer()),
    since: instant,
  }),
  personal: {},
  visibleTo,
});

/** An auditor looked for sessions; what he typed is not kept. */
export const SearchMade = declareEvent({
  type: 'SearchMade',
  version: 1,
  payload: v.object({ by: v.picklist(['number', 'name', 'date']), results: v.pipe(v.number(), v.integer()) }),
  personal: {},
  visibleTo,
});

/** An auditor opened the history of a session. */
export const SessionReplayed = declareEvent({
  type: 'SessionReplayed',
  version: 1,
  payload: v.object({ sessionId: uuid }),
  personal: {},
  visibleTo,
});

export const SiteHistoryRead = declareEvent({
  type: 'SiteHistoryRead',
  version: 1,
  payload: v.object({}),
  personal: {},
  visibleTo,
});

/** The keys of a customer's name and of the content of his sessions are destroyed; the events stay and still verify. */
export const PersonalDataErased = declareEvent({
  type: 'PersonalDataErased',
  version: 1,
  payload: v.object({
    customerId: uuid,
    sessionIds: v.array(uuid),
    keys: v.array(v.object({ subject: v.string(), class: v.picklist(['identity', 'content']) })),
  }),
  personal: {},
  visibleTo,
  erases: ({ keys }) => keys,
});

export const ProjectionRebuilt = declareEvent({
  type: 'ProjectionRebuilt',
  version: 1,
  payload: v.object({ projection: v.string() }),
  personal: {},
  visibleTo,
});

export const ProjectionPaused = declareEvent({
  type: 'ProjectionPaused',
  version: 1,
  payload: v.object({ projection: v.string(), paused: v.boolean() }),
  personal: {},
  visibleTo,
});

export type AccessEvent =
  | EventOf<typeof CommandRefused>
  | EventOf<typeof UnauthenticatedRefused>
  | EventOf<typeof SearchMade>
  | EventOf<typeof SessionReplayed>
  | EventOf<typeof SiteHistoryRead>
  | EventOf<typeof PersonalDataErased>
  | EventOf<typeof ProjectionRebuilt>
  | EventOf<typeof ProjectionPaused>;
