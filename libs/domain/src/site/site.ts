import { accept, refuse } from '../decider';
import type { Command, Decider, Decision, Recorded } from '../decider';
import type { SiteEvent, SiteSettings } from './site-events';

export const siteNameLimit = 80;
export const privacyNoticeLimit = 4000;

export type Site =
  { readonly status: 'absent' } | { readonly status: 'open'; readonly siteId: string; readonly settings: SiteSettings };

export type SiteCommand =
  | Command<'CreateSite', { readonly siteId: string; readonly settings: SiteSettings }>
  | Command<'ChangeSiteSettings', { readonly settings: Partial<SiteSettings> }>;

/** The stream `site`. */
export const site: Decider<SiteCommand, SiteEvent, Site> = {
  initialState: () => ({ status: 'absent' }),
  evolve,
  decide,
};

function evolve(state: Site, event: Recorded<SiteEvent>): Site {
  if (event.type === 'SiteCreated') return { status: 'open', ...event.payload };
  if (state.status === 'absent' || event.type !== 'SiteSettingsChanged') return state;
  return { ...state, settings: { ...state.settings, ...(event.payload.settings as Partial<SiteSettings>) } };
}

function decide(command: SiteCommand, state: Site): Decision<SiteEvent> {
  if (command.type === 'CreateSite')
    return state.status === 'absent' ? accept({ type: 'SiteCreated', payload: command.payload }) : accept();
  if (state.status === 'absent') return refuse('LOG_UNAVAILABLE');
  return changeSettings(command.payload.settings, state.settings);
}

function changeSettings(wanted: Partial<SiteSettings>, current: SiteSettings): Decision<SiteEvent> {
  if (wanted.name?.trim() === '') return refuse('SITE_NAME_EMPTY');
  if ((wanted.name?.length ?? 0) > siteNameLimit) return refuse('SITE_NAME_TOO_LONG', { limit: siteNameLimit });
  if ((wanted.privacyNotice?.length ?? 0) > privacyNoticeLimit)
    return refuse('NOTICE_TOO_LONG', { limit: privacyNoticeLimit });
  const changed = Object.entries(wanted).filter(([key, value]) => current[key as keyof SiteSettings] !== value);
  if (changed.length === 0) return accept();
  return accept({ type: 'SiteSettingsChanged', payload: { settings: Object.fromEntries(changed) } });
}
