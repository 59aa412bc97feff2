import { accept, refuse } from '../decider';
import type { Command, Decider, Decision, Recorded, Refusal } from '../decider';
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
  if (event.type === 'SiteCreated') {
    const { siteId, settings } = event.payload;
    return { status: 'open', siteId, settings };
  }
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
  const refusal = refusalOf(wanted);
  if (refusal !== undefined) return refuse(refusal.code, refusal.details);
  const changed = Object.entries(wanted).filter(
    ([key, value]) => value !== undefined && current[key as keyof SiteSettings] !== value,
  );
  if (changed.length === 0) return accept();
  return accept({ type: 'SiteSettingsChanged', payload: { settings: Object.fromEntries(changed) } });
}

function refusalOf({ name = 'as before', privacyNotice = '' }: Partial<SiteSettings>): Refusal | undefined {
  if (name.trim() === '') return { code: 'SITE_NAME_EMPTY' };
  if ([...name].length > siteNameLimit) return { code: 'SITE_NAME_TOO_LONG', details: { limit: siteNameLimit } };
  if ([...privacyNotice].length > privacyNoticeLimit)
    return { code: 'NOTICE_TOO_LONG', details: { limit: privacyNoticeLimit } };
  return undefined;
}
