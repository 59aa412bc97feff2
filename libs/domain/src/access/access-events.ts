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
    kind: v.picklist(['signIn', 'sessionNumber', 'accountLink', 'invitationLink']),
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

const reportFilter = v.object({
  report: v.picklist(['csrActivity']),
  /** The days, both included, in the report's time zone: `2026-11-20`. */
  from: v.string(),
  to: v.string(),
  timeZone: v.string(),
  representativeIds: v.nullable(v.array(uuid)),
  /** Position of the log that the figures stand for. */
  position: v.string(),
  formulaVersion: v.pipe(v.number(), v.integer()),
});

/** Somebody read a report, over this range and filter. */
export const ReportRun = declareEvent({
  type: 'ReportRun',
  version: 1,
  payload: reportFilter,
  personal: {},
  visibleTo,
});

export const ReportExported = declareEvent({
  type: 'ReportExported',
  version: 1,
  payload: v.object({ ...reportFilter.entries, format: v.picklist(['csv']) }),
  personal: {},
  visibleTo,
});

/** An administrator had the mail server of this site tried out. */
export const TestMailSent = declareEvent({
  type: 'TestMailSent',
  version: 1,
  payload: v.object({ accepted: v.boolean() }),
  personal: {},
  visibleTo,
});

/** An administrator opened the mailbox that catches mail while no mail server is set; it holds links that let in. */
export const DevelopmentMailboxRead = declareEvent({
  type: 'DevelopmentMailboxRead',
  version: 1,
  payload: v.object({}),
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
  | EventOf<typeof ProjectionPaused>
  | EventOf<typeof ReportRun>
  | EventOf<typeof ReportExported>
  | EventOf<typeof TestMailSent>
  | EventOf<typeof DevelopmentMailboxRead>;
