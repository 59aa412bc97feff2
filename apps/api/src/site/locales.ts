/** The languages that the apps speak; an event takes no other as the site's. */
export const locales = ['en', 'sr-Latn', 'sr-Cyrl', 'zh-Hant-TW'] as const;
export type Locale = (typeof locales)[number];

export function isLocale(text: string): text is Locale {
  return (locales as readonly string[]).includes(text);
}
