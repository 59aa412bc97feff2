import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  Injectable,
  computed,
  effect,
  inject,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog, MatDialogModule } from '@angular/material/dialog';
import type { MatDialogRef } from '@angular/material/dialog';
import { injectTexts, readable } from '@deskside/ui';
import { RefusalNotice } from '../refusals/refusal-notice';
import { SignInForm } from './sign-in-form';
import { SignedInPerson } from './signed-in-person';

/** Covers everything while the sign-in has expired. Underneath nothing is closed, and what was typed stays. */
@Component({
  selector: 'ds-expired-sign-in',
  imports: [MatButtonModule, MatDialogModule, SignInForm],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ t('signIn.expired.title') }}</h2>
    <mat-dialog-content>
      <p>{{ t('signIn.expired.kept') }}</p>
      <ds-sign-in-form [fixedEmail]="email()" />
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton type="button" (click)="signInSomebodyElse()">{{ t('signIn.expired.somebodyElse') }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    p {
      margin-block-end: 16px;
    }
  `,
})
export class ExpiredSignIn {
  protected readonly t = injectTexts();
  readonly #person = inject(SignedInPerson);
  readonly #notice = inject(RefusalNotice);
  readonly #window = inject(DOCUMENT).defaultView;
  protected readonly email = computed(() => readable(this.#person.me()?.email) ?? '');

  /** Another person must not find anything of this one's: the page is loaded anew. */
  protected async signInSomebodyElse(): Promise<void> {
    if (this.#notice.say(await this.#person.signOut())) this.#window?.location.assign('/dashboard/sign-in');
  }
}

/** Opens and closes the overlay as the sign-in expires and comes back. */
@Injectable({ providedIn: 'root' })
export class ExpiryWatch {
  readonly #person = inject(SignedInPerson);
  readonly #dialogs = inject(MatDialog);
  #shown: MatDialogRef<ExpiredSignIn> | null = null;

  constructor() {
    effect(() => {
      const expired = this.#person.expired();
      untracked(() => (expired ? this.#show() : this.#hide()));
    });
  }

  #show(): void {
    this.#shown ??= this.#dialogs.open(ExpiredSignIn, {
      disableClose: true,
      closeOnNavigation: false,
      autoFocus: false,
      backdropClass: 'ds-covers-page',
      width: '420px',
    });
  }

  #hide(): void {
    this.#shown?.close();
    this.#shown = null;
  }
}
