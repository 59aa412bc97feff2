import { Injectable, InjectionToken, inject } from '@angular/core';
import type { Translation, TranslocoLoader } from '@jsverse/transloco';
import { isLocale } from './locale';
import type { Locale } from './locale';

/** One file of texts per language, fetched when that language is chosen. */
export type TextSource = Readonly<Record<Locale, () => Promise<{ readonly default: Translation }>>>;

export const TEXT_SOURCES = new InjectionToken<readonly TextSource[]>('text sources');

export const uiTexts: TextSource = {
  en: () => import('../i18n/en.json', { with: { type: 'json' } }),
  'sr-Latn': () => import('../i18n/sr-Latn.json', { with: { type: 'json' } }),
  'sr-Cyrl': () => import('../i18n/generated/sr-Cyrl.json', { with: { type: 'json' } }),
  'zh-Hant-TW': () => import('../i18n/zh-Hant-TW.json', { with: { type: 'json' } }),
};

/** Puts the texts of the library and of the app together; every file has its own first words, so none covers another. */
@Injectable()
export class TextLoader implements TranslocoLoader {
  readonly #sources = inject(TEXT_SOURCES);

  async getTranslation(lang: string): Promise<Translation> {
    if (!isLocale(lang)) throw new Error(`No texts in ${lang}.`);
    const files = await Promise.all(this.#sources.map((source) => source[lang]()));
    return Object.assign({}, ...files.map((file) => file.default)) as Translation;
  }
}
