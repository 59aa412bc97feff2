import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Times, injectTexts, isolated, readable } from '@deskside/ui';
import { Admission } from '../admission/admission';
import { PageHeader } from '../page/page-header';
import { ScreenHeading } from '../page/screen-heading';
import { representativesIn } from '../session/stage';
import type { Stage } from '../session/stage';

/** The stages after which there is nothing more to do here than begin anew. */
export type OverStage = Exclude<Stage, { at: 'loading' | 'waiting' | 'session' }> | { readonly at: 'lost' };

/** Refused, removed, left, ended: what happened, in three lines where there was a session, and the way to a new one. */
@Component({
  selector: 'ds-over-screen',
  imports: [MatButtonModule, PageHeader, ScreenHeading],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './over-screen.html',
  styleUrls: ['../page/screen.scss', './over-screen.scss'],
})
export class OverScreen {
  readonly stage = input.required<OverStage>();

  protected readonly t = injectTexts();
  readonly #times = inject(Times);
  readonly #admission = inject(Admission);

  protected readonly explanation = computed(() => {
    const stage = this.stage();
    if (stage.at === 'ended') return lapsed(stage) ? this.t('over.lapsed') : null;
    return explained.has(stage.at) ? this.t(`over.${stage.at}Explain`) : null;
  });
  protected readonly facts = computed(() => {
    const stage = this.stage();
    if (stage.at !== 'ended' && stage.at !== 'left') return null;
    if (stage.me === null) return null;
    const { joinedAt } = stage.me;
    return {
      when: this.t('over.period', {
        day: this.#times.day(joinedAt),
        from: this.#times.clock(joinedAt),
        until: this.#times.clock(stage.until),
      }),
      howLong: this.#times.duration(new Date(stage.until).getTime() - new Date(joinedAt).getTime()),
      who: representativesIn(stage.session)
        .map(({ name }) => isolated(readable(name) ?? this.t('person.erased')))
        .join(', '),
    };
  });
  protected readonly startsNew = computed(() => this.facts() !== null);

  protected startOver(): void {
    this.#admission.startOver();
  }
}

const explained: ReadonlySet<string> = new Set(['refused', 'removed', 'lost']);

function lapsed({ session }: Extract<OverStage, { at: 'ended' | 'left' }>): boolean {
  return session.status === 'ended' && session.endReason === 'numberLapsed';
}
