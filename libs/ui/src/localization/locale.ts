/** The languages of the apps. `sr` never stands alone: by itself it would format in Cyrillic. */
export const locales = ['en', 'sr-Latn', 'sr-Cyrl', 'zh-Hant-TW'] as const;
export type Locale = (typeof locales)[number];

/** Each language in its own words. */
export const localeNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  'sr-Latn': 'Srpski',
  'sr-Cyrl': 'Српски',
  'zh-Hant-TW': '繁體中文',
};

export function isLocale(value: string | null | undefined): value is Locale {
  return (locales as readonly (string | null | undefined)[]).includes(value);
}

export interface LocaleChoice {
  /** null: none of the languages that the person reads is one of ours. */
  readonly locale: Locale | null;
  /** A language to be offered in a line: near to what the person reads, but not the same. */
  readonly offered: Locale | null;
}

/** What a person reads, by the browser's languages in their order of liking (`navigator.languages`). */
export function chooseLocale(tags: readonly string[]): LocaleChoice {
  for (const tag of tags) {
    const choice = choiceFor(tag);
    if (choice !== null) return choice;
  }
  return { locale: null, offered: null };
}

function choiceFor(tag: string): LocaleChoice | null {
  const wanted = parseTag(tag);
  if (wanted === null) return null;
  switch (wanted.language) {
    case 'en':
      return { locale: 'en', offered: null };
    case 'sr':
      return { locale: wanted.script === 'Cyrl' ? 'sr-Cyrl' : 'sr-Latn', offered: null };
    case 'zh':
      // zh-TW, zh-HK and zh-MO are written in traditional characters; readers of simplified ones get an offer.
      return wanted.maximize().script === 'Hant'
        ? { locale: 'zh-Hant-TW', offered: null }
        : { locale: 'en', offered: 'zh-Hant-TW' };
    default:
      return null;
  }
}

function parseTag(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

/** The tag for `Intl`: with its region, and for English the person's own (en-GB and en-US write dates differently). */
export function intlTag(locale: Locale, browserTags: readonly string[]): string {
  switch (locale) {
    case 'en':
      return browserTags.find((tag) => /^en-/i.test(tag)) ?? 'en';
    case 'sr-Latn':
      return 'sr-Latn-RS';
    case 'sr-Cyrl':
      return 'sr-Cyrl-RS';
    case 'zh-Hant-TW':
      return 'zh-Hant-TW-u-hc-h23';
  }
}
