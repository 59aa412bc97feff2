import { provideBrowserGlobalErrorListeners } from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { provideColorScheme, provideIcons, provideLocalization, provideServer } from '@deskside/ui';
import type { TextSource } from '@deskside/ui';
import { Check, Languages, SunMoon, TriangleAlert, Unplug } from 'lucide-static';
import { routes } from './app.routes';

const texts: TextSource = {
  en: () => import('../i18n/en.json'),
  'sr-Latn': () => import('../i18n/sr-Latn.json'),
  'sr-Cyrl': () => import('../i18n/generated/sr-Cyrl.json'),
  'zh-Hant-TW': () => import('../i18n/zh-Hant-TW.json'),
};

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes, withComponentInputBinding()),
    provideLocalization(texts),
    provideColorScheme(),
    provideIcons({
      check: Check,
      'color-scheme': SunMoon,
      disconnected: Unplug,
      language: Languages,
      warning: TriangleAlert,
    }),
    provideServer('/graphql/staff'),
  ],
};
