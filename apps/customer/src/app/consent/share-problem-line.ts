import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon, injectTexts, sentenceFor } from '@deskside/ui';
import { ScreenQuestion } from './screen-question';
import { ScreenSharing } from './screen-sharing';

/** A screen was chosen and is not seen: why, and that nobody sees it. */
@Component({
  selector: 'ds-share-problem-line',
  imports: [Icon, MatButtonModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'alert' },
  template: `
    @if (sentence(); as text) {
      <p class="line">
        <ds-icon name="warning" /><span>{{ text }} {{ t('share.nobodySees') }}</span>
        <button matButton type="button" (click)="sharing.problem.set(null)">{{ t('consent.read') }}</button>
      </p>
    }
  `,
  styleUrl: '../page/line.scss',
})
export class ShareProblemLine {
  protected readonly t = injectTexts();
  protected readonly sharing = inject(ScreenSharing);
  readonly #desk = inject(ScreenQuestion);
  protected readonly sentence = computed(() => {
    const problem = this.sharing.problem();
    // The question itself says that it went away.
    if (problem?.kind === 'refused' && ['withdrawn', 'timedOut'].includes(this.#desk.question().at)) return null;
    if (problem?.kind === 'refused') return sentenceFor(problem.failure, this.t);
    return problem?.kind === 'notShown' ? this.t('share.notShown') : null;
  });
}
