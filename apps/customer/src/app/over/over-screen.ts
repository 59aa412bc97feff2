import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { injectTexts } from '@deskside/ui';
import { Admission } from '../admission/admission';
import { PageHeader } from '../page/page-header';
import { ScreenHeading } from '../page/screen-heading';
import type { Stage } from '../session/stage';
import { SummaryLines } from './summary-lines';

/** The stages after which there is nothing more to do here than begin anew. */
export type OverStage = Exclude<Stage, { at: 'loading' | 'waiting' | 'session' }> | { readonly at: 'lost' };

const explained: ReadonlySet<string> = new Set(['refused', 'removed', 'lost']);

/** Refused, removed, left, ended: what happened, in three lines where there was a session, and the way to a new one. */
@Component({
  selector: 'ds-over-screen',
  imports: [MatButtonModule, PageHeader, ScreenHeading, SummaryLines],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './over-screen.html',
  styleUrls: ['../page/screen.scss', './over-screen.scss'],
})
export class OverScreen {
  readonly stage = input.required<OverStage>();

  protected readonly t = injectTexts();
  readonly #admission = inject(Admission);

  readonly #endReason = computed(() => {
    const stage = this.stage();
    return 'session' in stage && stage.session.status === 'ended' ? stage.session.endReason : null;
  });
  protected readonly isReported = computed(() => this.stage().at === 'ended' && this.#endReason() === 'reported');
  protected readonly explanations = computed(() => {
    const { at } = this.stage();
    if (this.isReported()) return [this.t('over.reportedExplain'), this.t('report.advice')];
    if (at === 'ended') return this.#endReason() === 'numberLapsed' ? [this.t('over.lapsed')] : [];
    return explained.has(at) ? [this.t(`over.${at}Explain`)] : [];
  });
  /** The session as far as this person was in it. */
  protected readonly mine = computed(() => {
    const stage = this.stage();
    if (stage.at !== 'ended' && stage.at !== 'left') return null;
    const { me, session, until } = stage;
    return me === null ? null : { me, session, until };
  });

  protected startOver(): void {
    this.#admission.startOver();
  }
}
