import { csrActivityProjection } from '@deskside/reports';
import { accountsProjection } from './accounts/accounts-projection';
import { alertsProjection } from './alerts/alerts-projection';
import { deadlinesProjection } from './deadlines/deadlines-projection';
import type { Projection } from './engine/projection';
import { gettingStartedProjection } from './getting-started/getting-started-projection';
import type { ProjectionName } from './main/read-models';
import { outgoingMailProjection } from './outgoing-mail/outgoing-mail-projection';
import { peopleProjection } from './people-and-search/people-projection';
import { sessionsProjection } from './sessions/sessions-projection';
import { siteHistoryProjection } from './site-history/site-history-projection';

export const allProjections: readonly (Projection & { readonly name: ProjectionName })[] = [
  sessionsProjection,
  accountsProjection,
  siteHistoryProjection,
  deadlinesProjection,
  peopleProjection,
  gettingStartedProjection,
  outgoingMailProjection,
  alertsProjection,
  csrActivityProjection,
] as readonly (Projection & { readonly name: ProjectionName })[];
