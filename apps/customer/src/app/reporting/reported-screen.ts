import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { injectTexts } from '@deskside/ui';
import { Admission } from '../admission/admission';
import { PageHeader } from '../page/page-header';
import { ScreenHeading } from '../page/screen-heading';

/** After a report from outside: what has happened by it, and what to do now. */
@Component({
  selector: 'ds-reported-screen',
  imports: [MatButtonModule, PageHeader, ScreenHeading],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ds-page-header />
    <main class="screen">
      <section class="card">
        <h1 dsScreenHeading>{{ t('report.thanks') }}</h1>
        <p>{{ ended() ? t('report.ended') : t('report.told') }}</p>
        <p>{{ t('report.advice') }}</p>
        <div class="acts">
          <button matButton="outlined" type="button" (click)="admission.startOver()">{{ t('report.done') }}</button>
        </div>
      </section>
    </main>
  `,
  styleUrl: '../page/screen.scss',
  styles: `
    .card {
      gap: 14px;
    }
  `,
})
export class ReportedScreen {
  readonly ended = input.required<boolean>();

  protected readonly t = injectTexts();
  protected readonly admission = inject(Admission);
}
