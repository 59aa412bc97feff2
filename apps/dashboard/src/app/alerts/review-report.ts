import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatSnackBar } from '@angular/material/snack-bar';
import { formatSessionNumber } from '@deskside/domain';
import { Icon, Writes, commandId, injectTexts, sentenceFor } from '@deskside/ui';
import { ReviewSessionReportDocument } from '../../generated/graphql';
import { StaffRequests } from '../sign-in/staff-requests';

/** "I have looked at it": an event; the alert goes away for everybody. */
@Component({
  selector: 'ds-review-report',
  imports: [Icon, MatButtonModule, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      matButton="outlined"
      type="button"
      dsWrites
      [disabled]="busy()"
      [attr.aria-label]="t('alerts.markReviewedNumber', { number: format(number()) })"
      (click)="markReviewed()"
    >
      <ds-icon name="check" />{{ t('alerts.markReviewed') }}
    </button>
  `,
})
export class ReviewReport {
  readonly sessionId = input.required<string>();
  readonly number = input.required<string>();

  protected readonly t = injectTexts();
  protected readonly busy = signal(false);
  protected readonly format = formatSessionNumber;
  readonly #requests = inject(StaffRequests);
  readonly #snackBar = inject(MatSnackBar);

  protected async markReviewed(): Promise<void> {
    this.busy.set(true);
    const variables = { commandId: commandId(), sessionId: this.sessionId() };
    const answer = await this.#requests.send(ReviewSessionReportDocument, variables);
    this.busy.set(false);
    if (answer.ok) this.#snackBar.open(this.t('alerts.reviewed'), undefined, { duration: 4000 });
    else this.#snackBar.open(sentenceFor(answer.failure, this.t), this.t('app.close'));
  }
}
