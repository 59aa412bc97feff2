import { Clipboard } from '@angular/cdk/clipboard';
import { ChangeDetectionStrategy, Component, DestroyRef, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatSnackBar } from '@angular/material/snack-bar';
import { Icon, injectTexts } from '@deskside/ui';

const confirmedMs = 2_000;

/** Copies a text and says so for a moment, also to screen readers. */
@Component({
  selector: 'ds-copy-button',
  imports: [Icon, MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button [matButton]="look()" type="button" (click)="copy()">
      <ds-icon [name]="copied() ? 'check' : 'copy'" />
      {{ copied() ? t('app.copied') : label() }}
    </button>
    <span class="ds-visually-hidden" role="status">{{ copied() ? t('app.copied') : '' }}</span>
  `,
})
export class CopyButton {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  readonly look = input<'text' | 'outlined' | 'filled'>('outlined');

  protected readonly t = injectTexts();
  protected readonly copied = signal(false);
  readonly #clipboard = inject(Clipboard);
  readonly #snackBar = inject(MatSnackBar);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#timer));
  }

  copy(): void {
    const done = this.#clipboard.copy(this.text());
    if (!done) {
      this.#snackBar.open(this.t('app.copyFailed'), this.t('app.close'));
      return;
    }
    this.copied.set(true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.copied.set(false), confirmedMs);
  }
}
