import { Clipboard } from '@angular/cdk/clipboard';
import { inject } from '@angular/core';
import type { Signal } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { injectTexts } from '@deskside/ui';
import { offerCommands } from '../../commands/commands';
import { comboFor } from '../../commands/key-table';
import type { OpenSession } from '../open-sessions/open-session';
import { SessionActs } from './session-acts';
import { helpCommands } from './help-commands';
import type { Part } from './session-view';

interface View {
  readonly session: Signal<OpenSession>;
  readonly write: () => void;
  readonly show: (part: Part) => void;
  readonly takeNotes: () => void;
}

/** What can be done by key and palette while a session is in front. */
export function offerSessionCommands({ session, write, show, takeNotes }: View): void {
  const t = injectTexts();
  const acts = inject(SessionActs);
  const clipboard = inject(Clipboard);
  const snackBar = inject(MatSnackBar);
  const copyNumber = (): void => {
    const done = clipboard.copy(session().number());
    snackBar.open(t(done ? 'app.copied' : 'app.copyFailed'), undefined, { duration: 3000 });
  };
  const help = helpCommands(session);
  offerCommands(() => {
    const always = [
      { id: 'chat', title: t('keys.chat'), combo: comboFor('chat'), run: write },
      { id: 'notes', title: t('keys.notes'), combo: comboFor('notes'), run: takeNotes },
      { id: 'people', title: t('keys.people'), combo: comboFor('people'), run: () => show('people') },
      { id: 'log', title: t('keys.log'), combo: comboFor('log'), run: () => show('log') },
      { id: 'copyNumber', title: t('keys.copyNumber'), combo: comboFor('copyNumber'), run: copyNumber },
    ];
    if (session().ended()) return always;
    return [
      ...always,
      ...help(),
      { id: 'end', writes: true, title: t('keys.end'), combo: comboFor('end'), run: () => void acts.end(session()) },
    ];
  });
}
