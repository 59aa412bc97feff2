import { inject, provideAppInitializer, provideBrowserGlobalErrorListeners } from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import { MAT_FORM_FIELD_DEFAULT_OPTIONS } from '@angular/material/form-field';
import type { MatFormFieldDefaultOptions } from '@angular/material/form-field';
import { MAT_DIALOG_DEFAULT_OPTIONS, MatDialogConfig } from '@angular/material/dialog';
import {
  TitleStrategy,
  provideRouter,
  withComponentInputBinding,
  withInMemoryScrolling,
  withNavigationErrorHandler,
} from '@angular/router';
import { provideColorScheme, provideIcons, provideLocalization, provideServer } from '@deskside/ui';
import type { TextSource } from '@deskside/ui';
import { icons } from './app.icons';
import { routes } from './app.routes';
import { reloadForNewVersion } from './new-version/reload-for-new-version';
import { PageTitle } from './shell/page-title';
import { ExpiryWatch } from './sign-in/expired-sign-in';

const texts: TextSource = {
  en: () => import('../i18n/en.json'),
  'sr-Latn': () => import('../i18n/sr-Latn.json'),
  'sr-Cyrl': () => import('../i18n/generated/sr-Cyrl.json'),
  'zh-Hant-TW': () => import('../i18n/zh-Hant-TW.json'),
};

/** Own defaults replace Material's whole set, and with it the role that makes a dialog one for a screen reader. */
const dialogs = Object.assign(new MatDialogConfig(), { width: '480px', maxWidth: 'calc(100vw - 16px)' });

/** Hints and mistakes take the room that they need: other languages are longer. */
const fields: MatFormFieldDefaultOptions = { appearance: 'outline', subscriptSizing: 'dynamic' };

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      withNavigationErrorHandler(reloadForNewVersion),
    ),
    provideLocalization(texts),
    provideColorScheme(),
    provideIcons(icons),
    provideServer('/graphql/staff'),
    { provide: MAT_DIALOG_DEFAULT_OPTIONS, useValue: dialogs },
    { provide: MAT_FORM_FIELD_DEFAULT_OPTIONS, useValue: fields },
    { provide: TitleStrategy, useExisting: PageTitle },
    provideAppInitializer(() => void inject(ExpiryWatch)),
  ],
};
