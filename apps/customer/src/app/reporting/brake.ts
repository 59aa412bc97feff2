import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon, injectTexts } from '@deskside/ui';
import { Admission } from '../admission/admission';
import { ReportQuestion } from './report-question';
import type { ReportedSession } from './report-question';

/** "Did you ask for help?": before anybody joins, with the way to report who called unasked. */
@Component({
  selector: 'ds-brake',
  imports: [Icon, MatButtonModule, ReportQuestion],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="brake">
      <ds-icon name="brake" />
      <p>
        <b>{{ t('join.brake') }}</b> {{ t('join.brakeHint') }}
      </p>
      <button matButton="outlined" type="button" (click)="question.open()">{{ t('report.button') }}</button>
    </div>
    <ds-report-question #question [about]="about()" (reported)="admission.reported($event)" />
  `,
  styles: `
    .brake {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 10px;
      align-items: center;
      padding: 12px 16px;
      border-radius: var(--ds-radius);
      background: var(--ds-warn-soft);
      text-wrap: pretty;
    }
    ds-icon {
      color: var(--ds-warn);
    }
    p {
      flex: 1 1 240px;
    }
    button {
      margin-inline-start: auto;
    }
  `,
})
export class Brake {
  readonly about = input.required<ReportedSession | null>();

  protected readonly t = injectTexts();
  protected readonly admission = inject(Admission);
}
