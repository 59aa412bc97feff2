import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon, Skeleton, injectNow, injectTexts, stopwatch } from '@deskside/ui';
import { CopyButton } from '../../copying/copy-button';
import { HistorySentence } from '../../history/history-sentence';
import { sentence } from '../../history/sentence';
import { opened } from '../../history/sentence-table';
import type { OpenSession } from '../open-sessions/open-session';
import { EndedCard } from './ended-card';
import { InviteCard } from './invite-card';
import { SessionActs } from './session-acts';
import { stageState } from './stage-state';

/** The middle of the session. Nothing can be shared yet, so it says what is so and what can be done. */
@Component({
  selector: 'ds-stage',
  imports: [CopyButton, EndedCard, HistorySentence, Icon, InviteCard, MatButtonModule, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './stage.html',
  styleUrl: './stage.scss',
})
export class Stage {
  readonly session = input.required<OpenSession>();
  readonly write = output();

  protected readonly t = injectTexts();
  protected readonly acts = inject(SessionActs);
  protected readonly state = computed(() =>
    this.session().ended() ? ({ kind: 'ended' } as const) : stageState(this.session().session()),
  );
  protected readonly heading = computed(() => {
    const state = this.state();
    if (state.kind !== 'present' && state.kind !== 'away') return null;
    const names = { people: state.customers.map(({ name }) => opened(name).personal) };
    return sentence(`console.stage.${state.kind}`, { names, count: state.customers.length });
  });
  readonly #now = injectNow(1_000);
  protected readonly awayFor = computed(() => {
    const state = this.state();
    return state.kind === 'away' ? stopwatch(this.#now() - Date.parse(state.since)) : null;
  });
}
