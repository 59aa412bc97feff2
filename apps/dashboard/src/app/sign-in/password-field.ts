import { ChangeDetectionStrategy, Component, ElementRef, inject, input, model, signal, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Icon, injectTexts } from '@deskside/ui';
import { CapsLock } from './caps-lock';

/** A password with "show" and a word when Caps Lock is on. */
@Component({
  selector: 'ds-password-field',
  imports: [CapsLock, Icon, MatButtonModule, MatFormFieldModule, MatInputModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <mat-form-field>
      <mat-label>{{ label() }}</mat-label>
      <input
        #field
        matInput
        dsCapsLock
        #capsLock="dsCapsLock"
        [type]="shown() ? 'text' : 'password'"
        [autocomplete]="autocomplete()"
        autocapitalize="none"
        spellcheck="false"
        [value]="value()"
        (input)="value.set(field.value)"
      />
      <button
        matIconButton
        matSuffix
        type="button"
        [attr.aria-label]="t(shown() ? 'signIn.hidePassword' : 'signIn.showPassword')"
        [attr.aria-pressed]="shown()"
        (click)="shown.set(!shown())"
      >
        <ds-icon [name]="shown() ? 'hide' : 'show'" />
      </button>
      <mat-hint aria-live="polite">{{ capsLock.on() ? t('signIn.capsLock') : hint() }}</mat-hint>
    </mat-form-field>
  `,
  styles: `
    mat-form-field {
      width: 100%;
    }
    mat-hint {
      color: var(--ds-warn);
    }
  `,
})
export class PasswordField {
  readonly label = input.required<string>();
  readonly autocomplete = input<'current-password' | 'new-password'>('current-password');
  readonly hint = input('');
  readonly value = model('');

  protected readonly t = injectTexts();
  protected readonly shown = signal(false);
  protected readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);

  focus(): void {
    this.field().nativeElement.focus();
    this.#host.nativeElement.scrollIntoView({ block: 'nearest' });
  }
}
