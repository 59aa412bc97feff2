import { inject, makeEnvironmentProviders, provideAppInitializer } from '@angular/core';
import type { EnvironmentProviders } from '@angular/core';
import { provideTransloco, provideTranslocoTranspiler } from '@jsverse/transloco';
import { IcuTranspiler } from './icu-transpiler';
import { locales } from './locale';
import { Localization } from './localization';
import { TEXT_SOURCES, TextLoader, uiTexts } from './text-sources';
import type { TextSource } from './text-sources';

/** Run-time i18n with the library's texts and the app's own. The app starts when its language is there. */
export function provideLocalization(...sources: readonly TextSource[]): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: TEXT_SOURCES, useValue: [uiTexts, ...sources] },
    provideTransloco({
      config: { availableLangs: [...locales], defaultLang: 'en', reRenderOnLangChange: true, failedRetries: 2 },
      loader: TextLoader,
    }),
    provideTranslocoTranspiler(IcuTranspiler),
    provideAppInitializer(() => inject(Localization).start()),
  ]);
}
