import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Writes, injectNow, injectTexts, stopwatch } from '@deskside/ui';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { ToolButton } from '../tools/tool-button';
import { ConsentActs } from './consent-acts';
import { screenRequest } from './screen-request';
import { timeLeft } from './time-left';

/** Request View of the desktop: one press asks, one press ends. */
@Component({
  selector: 'ds-request-view-tool',
  imports: [ToolButton, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @let now = state();
    @switch (now.kind) {
      @case ('running') {
        <button dsTool icon="seen" look="seen" [disabled]="!now.mine" (click)="acts.stop(session())">
          {{ t('console.view.stop') }}
        </button>
      }
      @case ('shown') {
        <button
          dsTool
          dsWrites
          icon="screen"
          look="asked"
          [ring]="left()?.fraction ?? 0"
          (click)="acts.withdraw(session())"
        >
          {{ t('console.view.withdrawTimed', { time: left()?.time ?? '' }) }}
        </button>
      }
      @case ('sent') {
        <button dsTool dsWrites icon="screen" look="asked" [ring]="null" (click)="acts.withdraw(session())">
          {{ t('console.view.withdraw') }}
        </button>
      }
      @case ('choosing') {
        <button dsTool dsWrites icon="screen" look="asked" [ring]="null" (click)="acts.withdraw(session())">
          {{ t('console.view.withdraw') }}
        </button>
      }
      @default {
        <button
          dsTool
          dsWrites
          icon="screen"
          [disabled]="now.kind === 'notPossible' || !medias.ready() || acts.isBusy(session().id)"
          (click)="acts.requestView(session())"
        >
          {{ t('console.view.ask') }}
        </button>
      }
    }
  `,
})
export class RequestViewTool {
  readonly session = input.required<OpenSession>();

  protected readonly t = injectTexts();
  protected readonly acts = inject(ConsentActs);
  protected readonly medias = inject(SessionMedias);
  readonly #now = injectNow(1_000);
  protected readonly state = computed(() => screenRequest(this.session().session(), this.session().me()?.id ?? ''));
  protected readonly left = computed(() => {
    const state = this.state();
    if (state.kind !== 'shown') return null;
    const { fraction, milliseconds } = timeLeft(state.expiresAt, this.#now());
    return { fraction, time: stopwatch(milliseconds) };
  });
}
