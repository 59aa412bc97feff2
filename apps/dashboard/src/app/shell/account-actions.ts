import { DOCUMENT, Injectable, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { commandId, injectTexts } from '@deskside/ui';
import type { Locale } from '@deskside/ui';
import { ChangeOwnLocaleDocument, SignOutEverywhereDocument } from '../../generated/graphql';
import { AttentionDialog } from '../attention/attention-dialog';
import { Confirmation } from '../confirmation/confirm-dialog';
import { RefusalNotice } from '../refusals/refusal-notice';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { StaffRequests } from '../sign-in/staff-requests';
import { ChangePasswordDialog } from './change-password-dialog';

/** What a person does to the own account, from the menu and from the palette. */
@Injectable({ providedIn: 'root' })
export class AccountActions {
  readonly #person = inject(SignedInPerson);
  readonly #requests = inject(StaffRequests);
  readonly #confirmation = inject(Confirmation);
  readonly #notice = inject(RefusalNotice);
  readonly #dialogs = inject(MatDialog);
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #t = injectTexts();

  changePassword(): void {
    this.#dialogs.open(ChangePasswordDialog);
  }

  chooseAttention(): void {
    this.#dialogs.open(AttentionDialog);
  }

  /** The page has the language already; the account keeps it for other browsers. */
  async keepLocale(locale: Locale): Promise<void> {
    this.#notice.say(await this.#requests.send(ChangeOwnLocaleDocument, { commandId: commandId(), locale }));
  }

  async signOut(): Promise<void> {
    if (this.#notice.say(await this.#person.signOut())) this.#toSignIn();
  }

  async signOutEverywhere(): Promise<void> {
    const me = this.#person.me();
    if (me === null || !(await this.#confirmation.isGiven(this.#question()))) return;
    const variables = { commandId: commandId(), accountId: me.id };
    if (this.#notice.say(await this.#requests.send(SignOutEverywhereDocument, variables))) this.#toSignIn();
  }

  /** A new page: nothing of this person's stays in memory for the next one. */
  #toSignIn(): void {
    this.#window?.location.assign('/dashboard/sign-in');
  }

  #question(): { title: string; what: string; confirm: string } {
    return {
      title: this.#t('shell.signOutEverywhere.title'),
      what: this.#t('shell.signOutEverywhere.what'),
      confirm: this.#t('shell.signOutEverywhere.confirm'),
    };
  }
}
