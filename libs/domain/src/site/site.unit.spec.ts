import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider';
import { given, id, recorded } from '../test-support/given-when-then';
import { privacyNoticeLimit, site, siteNameLimit } from './site';
import type { SiteEvent, SiteSettings } from './site-events';

const settings: SiteSettings = { name: 'Example Support', privacyNotice: '', defaultLocale: 'en' };
const created: SiteEvent = { type: 'SiteCreated', payload: { siteId: id(1), settings } };
const change = (wanted: Partial<SiteSettings>) =>
  ({ type: 'ChangeSiteSettings', payload: { settings: wanted } }) as const;
const changed = (to: Partial<SiteSettings>): SiteEvent => ({ type: 'SiteSettingsChanged', payload: { settings: to } });

describe('CreateSite', () => {
  it('is the first thing in a log', () => {
    given(site)
      .when({ type: 'CreateSite', payload: { siteId: id(1), settings } })
      .then(created);
  });

  it('stays quiet when there is a site, whatever its settings', () => {
    given(site, created)
      .when({ type: 'CreateSite', payload: { siteId: id(2), settings: { ...settings, name: 'Another' } } })
      .thenNothing();
  });
});

describe('ChangeSiteSettings', () => {
  it('writes what changes and nothing else', () => {
    given(site, created)
      .when(change({ name: 'Example Support', privacyNotice: 'We record nothing.', defaultLocale: 'sr-Latn' }))
      .then(changed({ privacyNotice: 'We record nothing.', defaultLocale: 'sr-Latn' }));
  });

  it('may empty the notice', () => {
    given(site, created, changed({ privacyNotice: 'Old' }))
      .when(change({ privacyNotice: '' }))
      .then(changed({ privacyNotice: '' }));
  });

  it.each(['', '   ', '\n\t\u3000'])('refuses an empty name: %j', (name) => {
    given(site, created)
      .when(change({ name, privacyNotice: 'x' }))
      .thenRefused('SITE_NAME_EMPTY');
  });

  it('counts the code points of a name', () => {
    const name = '\u{1f600}'.repeat(siteNameLimit);
    given(site, created).when(change({ name })).then(changed({ name }));
    given(site, created)
      .when(change({ name: `${name}!` }))
      .thenRefused('SITE_NAME_TOO_LONG', { limit: 80 });
  });

  it('counts the code points of the notice', () => {
    const privacyNotice = '\u{1f600}'.repeat(privacyNoticeLimit);
    given(site, created).when(change({ privacyNotice })).then(changed({ privacyNotice }));
    given(site, created)
      .when(change({ privacyNotice: `${privacyNotice}!` }))
      .thenRefused('NOTICE_TOO_LONG', { limit: 4000 });
  });

  it('refuses while there is no site', () => {
    given(site)
      .when(change({ name: 'X' }))
      .thenRefused('LOG_UNAVAILABLE');
  });

  it('stays quiet when all is so already', () => {
    given(site, created).when(change(settings)).thenNothing();
  });

  it('stays quiet when nothing is wanted', () => {
    given(site, created).when(change({})).thenNothing();
  });

  it('stays quiet for a field that a form left out', () => {
    given(site, created)
      .when(change({ name: undefined } as unknown as Partial<SiteSettings>))
      .thenNothing();
  });
});

describe('the fold of the site', () => {
  const state = (...events: SiteEvent[]): unknown =>
    fold(
      site,
      events.map((event, n) => recorded(event, n)),
    );

  it('lays each change over what was', () => {
    expect(state(created, changed({ name: 'New' }), changed({ defaultLocale: 'zh-Hant-TW' }))).toEqual({
      status: 'open',
      siteId: id(1),
      settings: { name: 'New', privacyNotice: '', defaultLocale: 'zh-Hant-TW' },
    });
  });

  it('is open whatever a newer version adds to its creation', () => {
    const payload = { siteId: id(1), settings, status: 'absent' };
    expect(state({ type: 'SiteCreated', payload })).toEqual({ status: 'open', siteId: id(1), settings });
  });

  it('is not begun by a change, and lets an event of a newer version pass', () => {
    const unknown = { type: 'RetentionPolicyChanged', payload: {} } as unknown as SiteEvent;
    expect(state(changed({ name: 'New' }), unknown)).toEqual({ status: 'absent' });
    expect(state(created, unknown)).toEqual(state(created));
  });
});
