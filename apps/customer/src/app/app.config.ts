import { inject, provideBrowserGlobalErrorListeners } from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import {
  WRITE_REFUSAL_WORDS,
  provideColorScheme,
  provideIcons,
  provideLocalization,
  provideServer,
} from '@deskside/ui';
import type { TextSource } from '@deskside/ui';
import {
  LogOut,
  MessageSquare,
  Mic,
  MicOff,
  MonitorOff,
  MousePointerClick,
  Headphones,
  ShieldAlert,
} from 'lucide-static';
import { Bearer } from './admission/bearer';

const texts: TextSource = {
  en: () => import('../i18n/en.json', { with: { type: 'json' } }),
  'sr-Latn': () => import('../i18n/sr-Latn.json', { with: { type: 'json' } }),
  'sr-Cyrl': () => import('../i18n/generated/sr-Cyrl.json', { with: { type: 'json' } }),
  'zh-Hant-TW': () => import('../i18n/zh-Hant-TW.json', { with: { type: 'json' } }),
};

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideLocalization(texts),
    // Disks and logs are nothing to customers.
    { provide: WRITE_REFUSAL_WORDS, useValue: () => 'closed.now' },
    provideColorScheme(),
    provideIcons({
      ...{ brake: ShieldAlert, leave: LogOut, logo: MessageSquare, microphone: Mic, muted: MicOff },
      ...{ 'no-hands': MousePointerClick, 'no-screen': MonitorOff, voice: Headphones },
    }),
    provideServer('/graphql/customer', () => {
      const bearer = inject(Bearer);
      return () => bearer.value;
    }),
  ],
};
