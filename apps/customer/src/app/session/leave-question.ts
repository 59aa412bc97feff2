import { ChangeDetectionStrategy, Component, ElementRef, inject, signal, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { ErrorMessage, WriteRefusalLine, Writes, injectTexts } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { ReportQuestion } from '../reporting/report-question';
import { CustomerSession } from './customer-session';

/** Leaving is for good, so it is asked; Stay has the focus. The browser's own dialog keeps the focus inside. */
@Component({
  selector: 'ds-leave-question',
  imports: [ErrorMessage, MatButtonModule, ReportQuestion, WriteRefusalLine, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog class="card" role="alertdialog" aria-labelledby="leave-title" aria-describedby="leave-explain">
      <h2 id="leave-title">{{ t('session.leaveQuestion') }}</h2>
      <p id="leave-explain">{{ t('session.leaveExplain') }}</p>
      <ds-write-refusal [words]="t('closed.leave')" />
      <ds-error [failure]="failure()" />
      <div class="acts">
        <button
          matButton="outlined"
          type="button"
          dsWrites
          (click)="leave()"
          [disabled]="leaving()"
          disabledInteractive
        >
          {{ t('session.leaveNow') }}
        </button>
        <button matButton="filled" type="button" autofocus (click)="dialog.close()">{{ t('session.stay') }}</button>
      </div>
      <p class="report">
        <span>{{ t('report.unasked') }}</span>
        <button matButton type="button" (click)="dialog.close(); report.open()">{{ t('report.button') }}</button>
      </p>
    </dialog>
    <ds-report-question #report [about]="{}" />
  `,
  styleUrls: ['../page/screen.scss', '../page/dialog.scss'],
  styles: `
    .report {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      border-block-start: 1px solid var(--ds-line);
      padding-block-start: 10px;
      color: var(--ds-text-2);
      font-size: 16px;
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
