import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatSnackBar } from '@angular/material/snack-bar';
import { ErrorMessage, Writes, commandId, injectTexts } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { ChangeOwnPasswordDocument } from '../../generated/graphql';
import { PasswordField } from '../sign-in/password-field';
import { PasswordRuleList } from '../sign-in/password-rule-list';
import { isAcceptable } from '../sign-in/password-rules';
import { StaffRequests } from '../sign-in/staff-requests';

@Component({
  selector: 'ds-change-password-dialog',
  imports: [ErrorMessage, MatButtonModule, MatDialogModule, PasswordField, PasswordRuleList, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 mat-dialog-title>{{ t('shell.changePassword.title') }}</h2>
    <mat-dialog-content>
      <form id="change-password" (submit)="changePassword($event)" novalidate>
        <ds-password-field [label]="t('shell.changePassword.current')" [(value)]="current" />
        @if (wrongCurrent()) {
          <p class="wrong" role="alert">{{ t('shell.changePassword.wrongCurrent') }}</p>
        }
        <ds-password-field [label]="t('shell.changePassword.next')" autocomplete="new-password" [(value)]="next" />
        <ds-password-rule-list [typed]="next()" />
        <p>{{ t('shell.changePassword.what') }}</p>
        <ds-error [failure]="failure()" />
      </form>
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton type="button" mat-dialog-close>{{ t('app.cancel') }}</button>
      <button matButton="filled" type="submit" dsWrites form="change-password" [disabled]="busy() || !ready()">
        {{ t('shell.changePassword.submit') }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: 12px;
      padding-block-start: 8px;
    }
    p {
      color: var(--ds-text-2);
    }
    .wrong {
      margin-block-start: -12px;
      color: var(--ds-warn);
    }
  `,
})
export class ChangePasswordDialog {
  protected readonly t = injectTexts();
  protected readonly current = signal('');
  protected readonly next = signal('');
  protected readonly busy = signal(false);
  protected readonly failure = signal<Failure | null>(null);
  protected readonly wrongCurrent = signal(false);
  protected readonly ready = computed(() => this.current() !== '' && isAcceptable(this.next()));
  readonly #requests = inject(StaffRequests);
  readonly #dialog = inject(MatDialogRef);
  readonly #snackBar = inject(MatSnackBar);

  protected async changePassword(submitted: Event): Promise<void> {
    submitted.preventDefault();
    if (this.busy() || !this.ready()) return;
    this.#forgetFailure();
    this.busy.set(true);
    const variables = { commandId: commandId(), current: this.current(), next: this.next() };
    const answer = await this.#requests.send(ChangeOwnPasswordDocument, variables);
    this.busy.set(false);
    if (!answer.ok) return this.#show(answer.failure);
    this.#dialog.close();
    this.#snackBar.open(this.t('shell.changePassword.done'), undefined, { duration: 4000 });
  }

  #show(failure: Failure): void {
    const wrong = failure.kind === 'refused' && failure.code === 'SIGN_IN_REFUSED';
    this.wrongCurrent.set(wrong);
    if (!wrong) this.failure.set(failure);
  }

  #forgetFailure(): void {
    this.wrongCurrent.set(false);
    this.failure.set(null);
  }
}
