import { afterEach, describe, expect, it } from '@jest/globals';
import { MemoryLog } from '../testing/memory-log';
import { event, projectRows, rowsOfLog } from '../testing/project-rows';
import type { ProjectedRows } from '../testing/project-rows';
import type { SampleEvent } from '../testing/sample-history';
import type { SiteHistoryQueries } from './site-history-row';
import { siteHistoryProjection } from './site-history-projection';
import { siteHistoryQueries } from './site-history-queries';

describe('the history of the site', () => {
  let model: ProjectedRows<SiteHistoryQueries> | undefined;
  const given = async (...events: readonly SampleEvent[]): Promise<SiteHistoryQueries> => {
    model = await projectRows(siteHistoryProjection, siteHistoryQueries, events);
    return model.queries;
  };
  afterEach(() => model?.close());

  it('has every event outside sessions, of unknown types too', async () => {
    const actor = { kind: 'representative', id: 'r1', sessionRole: 'x' } as const;
    const signedIn = event('representative-r1', 'SignedIn', { signInId: 's' }, { actor });
    const history = await given(
      event('site', 'SiteCreated', {}),
      event('supportSession-s', 'SessionEnded', {}),
      event('claim-email-1', 'ValueClaimed', {}),
      event('access-n', 'OfANewerVersion', {}),
      event('integrity', 'LogCheckpointSigned', {}),
      event('integrity', 'LogRestored', {}),
      signedIn,
    );
    const { rows, olderBefore } = history.page({ limit: 10 });
    const types = ['SignedIn', 'LogRestored', 'OfANewerVersion', 'ValueClaimed', 'SiteCreated'];
    expect(rows.map(({ type }) => type)).toEqual(types);
    expect(rows[0]).toEqual({
      ...{ id: signedIn.id, stream: 'representative-r1', revision: 0, type: 'SignedIn' },
      ...{ occurredAt: signedIn.occurredAt, position: model?.log.head, actor: { kind: 'representative', id: 'r1' } },
    });
    expect(olderBefore).toBeNull();
  });

  it('has an event in its place that cannot be read', async () => {
    const log = new MemoryLog();
    const [before, damaged] = [event('access-n', 'SearchMade', {}), event('access-n', 'ReportRun', {})];
    log.append(before, damaged, event('access-n', 'SiteHistoryRead', {}));
    const second = log.recorded[1];
    if (second !== undefined) log.recorded[1] = { ...second, body: '{' };
    model = await rowsOfLog(siteHistoryProjection, siteHistoryQueries, log);
    const { rows } = model.queries.page({ limit: 10 });
    expect(rows.map(({ type }) => type)).toEqual(['SiteHistoryRead', 'ReportRun', 'SearchMade']);
    expect(rows[1]).toMatchObject({ id: damaged.id, revision: 1, occurredAt: before.occurredAt });
  });

  it('is read page by page from the newest on, all types or some', async () => {
    const types = ['SearchMade', 'CommandRefused', 'SiteHistoryRead'];
    const history = await given(...Array.from({ length: 30 }, (_, n) => event('access-n', types[n % 3] ?? '', { n })));
    const collect = (wanted?: readonly string[]): readonly number[] => {
      const seen: number[] = [];
      let before: ReturnType<SiteHistoryQueries['page']>['olderBefore'] | undefined;
      while (before !== null) {
        const page = history.page({ limit: 7, before: before ?? null, types: wanted ?? null });
        seen.push(...page.rows.map(({ revision }) => revision));
        before = page.olderBefore;
      }
      return seen;
    };
    const all = Array.from({ length: 30 }, (_, n) => 29 - n);
    expect(collect()).toEqual(all);
    expect(collect(['SearchMade', 'SiteHistoryRead'])).toEqual(all.filter((n) => n % 3 !== 1));
    expect(collect(['Never'])).toEqual([]);
  });

  it('answers a position that is no row of it with nothing', async () => {
    const history = await given(event('site', 'SiteCreated', {}));
    expect(history.page({ limit: 5, before: 'nonsense' as never })).toEqual({ rows: [], olderBefore: null });
  });
});
