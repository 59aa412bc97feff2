import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  afterNextRender,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { ErrorMessage, injectTexts } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { PasswordField } from './password-field';
import { SignedInPerson } from './signed-in-person';

/** E-mail and password. The refusal stands below, what was typed stays. */
@Component({
  selector: 'ds-sign-in-form',
  imports: [ErrorMessage, MatButtonModule, MatFormFieldModule, MatInputModule, PasswordField],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form (submit)="signIn($event)" novalidate>
      <mat-form-field>
        <mat-label>{{ t('signIn.email') }}</mat-label>
        <input
          #email
          matInput
          type="email"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          [readonly]="fixedEmail() !== ''"
          [value]="fixedEmail()"
        />
      </mat-form-field>
      <ds-password-field [label]="t('signIn.password')" [(value)]="password" />
      <ds-error [failure]="failure()" />
      <button matButton="filled" type="submit" [disabled]="busy()">
        {{ t(busy() ? 'signIn.submitting' : 'signIn.submit') }}
      </button>
    </form>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
  `,
})
export class SignInForm {
  /** Set when only this person may come back. */
  readonly fixedEmail = input('');
  readonly signedIn = output();

  protected readonly t = injectTexts();
  protected readonly password = signal('');
  protected readonly failure = signal<Failure | null>(null);
  protected readonly busy = signal(false);
  protected readonly email = viewChild.required<ElementRef<HTMLInputElement>>('email');
  protected readonly passwordField = viewChild.required(PasswordField);
  readonly #person = inject(SignedInPerson);

  constructor() {
    afterNextRender(() => this.#focusFirstEmpty());
  }

  protected async signIn(submitted: Event): Promise<void> {
    submitted.preventDefault();
    if (this.busy()) return;
    this.failure.set(null);
    this.busy.set(true);
    const answer = await this.#person.signIn(this.email().nativeElement.value.trim(), this.password());
    this.busy.set(false);
    if (answer.ok) return this.signedIn.emit();
    this.failure.set(answer.failure);
    this.passwordField().focus();
  }

  #focusFirstEmpty(): void {
    if (this.email().nativeElement.value === '') this.email().nativeElement.focus();
    else this.passwordField().focus();
  }
}
