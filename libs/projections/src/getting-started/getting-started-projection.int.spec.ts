import { afterEach, describe, expect, it } from '@jest/globals';
import { event, projectRows } from '../testing/project-rows';
import type { ProjectedRows } from '../testing/project-rows';
import type { SampleEvent } from '../testing/sample-history';
import { gettingStartedProjection } from './getting-started-projection';
import { gettingStartedQueries } from './getting-started-queries';
import type { GettingStartedQueries } from './getting-started-steps';

const named = (settings: object): SampleEvent => event('site', 'SiteSettingsChanged', { settings });
const account = (id: string): SampleEvent => event(`representative-${id}`, 'AccountCreated', { roles: [] });
const session = event('supportSession-s', 'SessionStarted', {});
const joined = (role: string): SampleEvent => event('supportSession-s', 'ParticipantJoined', { role });

describe('the first steps', () => {
  let model: ProjectedRows<GettingStartedQueries> | undefined;
  afterEach(() => model?.close());

  it.each<[string, readonly SampleEvent[], readonly string[]]>([
    ['nothing yet', [event('site', 'SiteCreated', {}), account('1')], []],
    ['other settings are no name', [named({ privacyNotice: 'x' })], []],
    ['the site is named', [named({ name: 'Pomoć' })], ['siteNamed']],
    ['a second account', [account('1'), account('2')], ['colleagueInvited']],
    [
      'a session, and its representative is no customer',
      [session, joined('primaryRepresentative')],
      ['sessionStarted'],
    ],
    ['a customer joined', [session, joined('primaryCustomer')], ['sessionStarted', 'customerJoined']],
  ])('%s', async (_, events, done) => {
    model = await projectRows(gettingStartedProjection, gettingStartedQueries, events);
    const steps = Object.entries(model.queries.steps());
    expect(steps.filter(([, taken]) => taken).map(([step]) => step)).toEqual(done);
  });
});
