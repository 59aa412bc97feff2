import type { SiteEvent } from '@deskside/domain';
import { sentence } from './sentence';
import type { Sentence, TermsValue } from './sentence';
import type { SentenceTable } from './sentence-table';

export const siteSentences: SentenceTable<SiteEvent> = {
  SiteCreated: ({ payload }) => sentence('events.SiteCreated', { siteName: payload.settings.name }),
  SiteSettingsChanged: ({ payload, actor }, { people }) => {
    const changed = Object.keys(payload.settings);
    const who = { actor: people.acting(actor) };
    return changed.length > 1
      ? sentence('events.SiteSettingsChanged.several', { ...who, settings: { terms: changed.map(settingTerm) } })
      : changedSetting(payload.settings, who);
  },
};

function settingTerm(setting: string): string {
  return { name: 'siteSettings.name', privacyNotice: 'siteSettings.notice' }[setting] ?? 'siteSettings.locale';
}

function changedSetting(
  { name, defaultLocale }: { readonly name?: string | undefined; readonly defaultLocale?: string | undefined },
  values: Sentence['values'],
): Sentence {
  if (name !== undefined) return sentence('events.SiteSettingsChanged.name', { ...values, siteName: name });
  if (defaultLocale === undefined) return sentence('events.SiteSettingsChanged.privacyNotice', values);
  return sentence('events.SiteSettingsChanged.defaultLocale', { ...values, locale: languageTerm(defaultLocale) });
}

export function languageTerm(locale: string): TermsValue {
  return { terms: [`languages.${locale}`] };
}
