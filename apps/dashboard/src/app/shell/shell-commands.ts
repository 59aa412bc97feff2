import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { ColorScheme, Localization, colorSchemes, injectTexts, localeNames, locales, readable } from '@deskside/ui';
import type { Texts } from '@deskside/ui';
import { CommandDialogs } from '../commands/command-dialogs';
import { offerCommands } from '../commands/commands';
import type { Command } from '../commands/commands';
import { comboFor } from '../commands/key-table';
import { NewSession } from '../console/new-session/new-session';
import { OpenSessions } from '../console/open-sessions/open-sessions';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { AccountActions } from './account-actions';
import { pagesFor } from './pages';

/** The commands that are there on every page. */
export function offerShellCommands(): void {
  offerCommands(sessionCommands(injectTexts()));
  offerCommands(pageCommands(injectTexts()));
  offerCommands(ownCommands(injectTexts()));
}

function sessionCommands(t: Texts): () => readonly Command[] {
  const person = inject(SignedInPerson);
  const newSession = inject(NewSession);
  const sessions = inject(OpenSessions);
  const router = inject(Router);
  return () => {
    if (!person.may('session.start')) return [];
    const start = {
      id: 'newSession',
      title: t('shell.newSession'),
      combo: comboFor('newSession'),
      writes: true,
      run: () => newSession.ask(),
    };
    const open = sessions.all().map(({ id, slot, letter, customer, provisionalName }) => ({
      id: `session ${id}`,
      title: t('palette.toSession', { letter, name: readable(customer()?.name) ?? provisionalName() }),
      ...(slot < 8 ? { combo: `alt+${slot + 1}` } : {}),
      run: () => void router.navigate(['/console', id]),
    }));
    return [start, ...open];
  };
}

function pageCommands(t: Texts): () => readonly Command[] {
  const person = inject(SignedInPerson);
  const router = inject(Router);
  return () =>
    pagesFor((permission) => person.may(permission)).map(({ id, path }) => ({
      id,
      title: t('palette.go', { page: t(`shell.${id}`) }),
      run: () => void router.navigateByUrl(path),
    }));
}

function ownCommands(t: Texts): () => readonly Command[] {
  const dialogs = inject(CommandDialogs);
  const account = inject(AccountActions);
  const localization = inject(Localization);
  const scheme = inject(ColorScheme);
  return () => [
    { id: 'palette', title: t('keys.palette'), combo: comboFor('palette'), run: () => dialogs.openPalette() },
    { id: 'keys', title: t('keys.title'), combo: comboFor('list'), run: () => dialogs.openKeys() },
    ...locales.map((locale) => ({
      id: `language ${locale}`,
      title: t('palette.language', { language: localeNames[locale] }),
      run: () => void localization.use(locale).then(() => account.keepLocale(locale)),
    })),
    ...colorSchemes.map((name) => ({
      id: `colours ${name}`,
      title: t('palette.theme', { theme: t(`colorScheme.${name}`) }),
      run: () => scheme.use(name),
    })),
    { id: 'attention', title: t('shell.account.attention'), run: () => account.chooseAttention() },
    {
      id: 'changePassword',
      writes: true,
      title: t('shell.account.changePassword'),
      run: () => account.changePassword(),
    },
    { id: 'signOut', title: t('shell.account.signOut'), run: () => void account.signOut() },
    {
      id: 'signOutEverywhere',
      writes: true,
      title: t('shell.account.signOutEverywhere'),
      run: () => void account.signOutEverywhere(),
    },
  ];
}
