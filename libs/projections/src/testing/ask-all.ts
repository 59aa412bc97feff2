import type { ProjectionName, ReadModels } from '../main/read-models';

const everything = { number: null, sessionIds: null, from: null, to: null, representativeId: null, status: null };

/** One question to each model that looks at most of its rows. */
export const questions: Readonly<Record<ProjectionName, (models: ReadModels) => unknown>> = {
  sessions: ({ sessions }) => sessions.page(everything, null, 1000),
  accounts: ({ accounts }) => accounts.all(),
  'site-history': ({ siteHistory }) => siteHistory.page({ limit: 1000 }),
  deadlines: ({ deadlines }) => [deadlines.nextDueAt(), deadlines.due('9999', 1000)],
  'people-and-search': ({ people }) => [people.findCustomers('ov', 1000), people.findRepresentatives('ov', 1000)],
  'getting-started': ({ gettingStarted }) => gettingStarted.steps(),
  'outgoing-mail': ({ outgoingMail }) => [outgoingMail.due('9999', 1000), outgoingMail.nextDueAfter('2000')],
  alerts: ({ alerts }) => alerts.unreviewed(),
  'csr-activity': ({ csrActivity }) =>
    csrActivity.report({ from: Date.parse('2026-01-01'), to: Date.parse('2027-01-01') }, null, []),
};
