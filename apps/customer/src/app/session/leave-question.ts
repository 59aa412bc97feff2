import { ChangeDetectionStrategy, Component, ElementRef, inject, signal, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { ErrorMessage, injectTexts } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { CustomerSession } from './customer-session';

/** Leaving is for good, so it is asked; Stay has the focus. The browser's own dialog keeps the focus inside. */
@Component({
  selector: 'ds-leave-question',
  imports: [ErrorMessage, MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog class="card" role="alertdialog" aria-labelledby="leave-title" aria-describedby="leave-explain">
      <h2 id="leave-title">{{ t('session.leaveQuestion') }}</h2>
      <p id="leave-explain">{{ t('session.leaveExplain') }}</p>
      <ds-error [failure]="failure()" />
      <div class="acts">
        <button matButton="outlined" type="button" (click)="leave()" [disabled]="leaving()" disabledInteractive>
          {{ t('session.leaveNow') }}
        </button>
        <button matButton="filled" type="button" autofocus (click)="dialog.close()">{{ t('session.stay') }}</button>
      </div>
    </dialog>
  `,
  styleUrl: '../page/screen.scss',
  styles: `
    dialog {
      width: min(480px, calc(100% - 28px));
      gap: 14px;
      margin: auto;
      color: var(--ds-text);
    }
    dialog:not([open]) {
      display: none;
    }
    dialog::backdrop {
      background: rgb(0 0 0 / 0.45);
    }
    h2 {
      font-size: 21px;
      font-weight: 650;
      line-height: 1.3;
    }
  `,
})
export class LeaveQuestion {
  protected readonly t = injectTexts();
  readonly #session = inject(CustomerSession);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly leaving = signal(false);
  protected readonly failure = signal<Failure | null>(null);

  open(): void {
    this.failure.set(null);
    this.dialog().nativeElement.showModal();
  }

  protected async leave(): Promise<void> {
    if (this.leaving()) return;
    this.leaving.set(true);
    const answer = await this.#session.leave();
    this.leaving.set(false);
    if (!answer.ok) this.failure.set(answer.failure);
  }
}
