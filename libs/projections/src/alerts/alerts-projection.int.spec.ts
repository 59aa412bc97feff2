import { afterEach, describe, expect, it } from '@jest/globals';
import { event, projectRows } from '../testing/project-rows';
import type { ProjectedRows } from '../testing/project-rows';
import type { SampleEvent } from '../testing/sample-history';
import type { AlertQueries } from './alert';
import { alertQueries } from './alert-queries';
import { alertsProjection } from './alerts-projection';

const reported = (id: string): SampleEvent =>
  event(`supportSession-${id}`, 'SessionReported', { via: 'number', participantId: null });
const reviewed = (id: string): SampleEvent => event(`supportSession-${id}`, 'SessionReportReviewed', { by: 'a' });

describe('alerts', () => {
  let model: ProjectedRows<AlertQueries> | undefined;
  const given = async (...events: readonly SampleEvent[]): Promise<AlertQueries> => {
    model = await projectRows(alertsProjection, alertQueries, events);
    return model.queries;
  };
  afterEach(() => model?.close());

  it('are the reported sessions, the newest first', async () => {
    const [first, second] = [reported('s1'), reported('s2')];
    expect((await given(first, second)).unreviewed()).toEqual([
      { sessionId: 's2', reportedAt: second.occurredAt },
      { sessionId: 's1', reportedAt: first.occurredAt },
    ]);
  });

  it('go away when somebody has looked, and come back with a new report', async () => {
    const again = reported('s1');
    expect((await given(reported('s1'), reviewed('s1'))).unreviewed()).toEqual([]);
    model?.close();
    expect((await given(reported('s1'), reviewed('s1'), again)).unreviewed()).toEqual([
      { sessionId: 's1', reportedAt: again.occurredAt },
    ]);
  });
});
