import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import {
  ErrorMessage,
  IgnoreKeysAtFirst,
  Requests,
  WriteRefusalLine,
  Writes,
  commandId,
  injectTexts,
} from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { ReportSessionDocument } from '../../generated/graphql';

/** Which session: that of a number, of a link, or with neither the one this person is in. */
export interface ReportedSession {
  readonly number?: string;
  readonly link?: string;
}

/** "I did not ask for this help": asked once more, since it ends the session. */
@Component({
  selector: 'ds-report-question',
  imports: [ErrorMessage, IgnoreKeysAtFirst, MatButtonModule, WriteRefusalLine, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog class="card" role="alertdialog" aria-labelledby="report-title" aria-describedby="report-what">
      @if (about(); as session) {
        <h2 id="report-title">{{ t('report.question') }}</h2>
        <p id="report-what">{{ t('report.what') }}</p>
        <ds-write-refusal [words]="t('closed.report')" />
        <ds-error [failure]="failure()" />
        <div class="acts">
          <button matButton="outlined" type="button" (click)="dialog.close()">{{ t('report.cancel') }}</button>
          <button
            matButton="filled"
            type="button"
            dsWrites
            dsIgnoreKeysAtFirst
            [disabled]="sending()"
            disabledInteractive
            (click)="send(session)"
          >
            {{ t('report.send') }}
          </button>
        </div>
      } @else {
        <h2 id="report-title">{{ t('report.noNumber') }}</h2>
        <p id="report-what">{{ t('report.noNumberWhat') }}</p>
        <div class="acts">
          <button matButton="outlined" type="button" (click)="dialog.close()">{{ t('report.close') }}</button>
        </div>
      }
    </dialog>
  `,
  styleUrls: ['../page/screen.scss', '../page/dialog.scss'],
})
export class ReportQuestion {
  /** null: nothing is known yet that could be reported. */
  readonly about = input.required<ReportedSession | null>();

  /** Whether the session is over by it. */
  readonly reported = output<boolean>();

  protected readonly t = injectTexts();
  readonly #requests = inject(Requests);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly failure = signal<Failure | null>(null);
  protected readonly sending = signal(false);

  open(): void {
    this.failure.set(null);
    this.dialog().nativeElement.showModal();
  }

  protected async send(session: ReportedSession): Promise<void> {
    if (this.sending()) return;
    this.sending.set(true);
    const answer = await this.#requests.send(ReportSessionDocument, { commandId: commandId(), ...session });
    this.sending.set(false);
    if (!answer.ok) return this.failure.set(answer.failure);
    this.dialog().nativeElement.close();
    this.reported.emit(answer.data.reportSession.ended);
  }
}
