import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { CurrentWriteRefusal, Icon, Skeleton, Writes, injectNow, injectTexts, stopwatch } from '@deskside/ui';
import { HistorySentence } from '../../history/history-sentence';
import { sentence } from '../../history/sentence';
import { opened } from '../../history/sentence-table';
import { Talking } from '../audio/talking';
import { ConsentActs } from '../consent/consent-acts';
import { screenRequest } from '../consent/screen-request';
import { Inviting } from '../invitation/inviting';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { SharedScreen } from '../stage/shared-screen';
import { EndedCard } from './ended-card';
import { InviteCard } from './invite-card';
import { SessionActs } from './session-acts';
import { stageState } from './stage-state';

/** The middle of the session: what is shared, else what is so and the likeliest next steps. */
@Component({
  selector: 'ds-stage',
  imports: [EndedCard, HistorySentence, Icon, InviteCard, MatButtonModule, SharedScreen, Skeleton, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './stage.html',
  styleUrl: './stage.scss',
})
export class Stage {
  readonly session = input.required<OpenSession>();
  readonly write = output();
  readonly notes = output();

  protected readonly t = injectTexts();
  protected readonly acts = inject(SessionActs);
  protected readonly consent = inject(ConsentActs);
  protected readonly talking = inject(Talking);
  protected readonly inviting = inject(Inviting);
  protected readonly medias = inject(SessionMedias);
  protected readonly writeRefusal = inject(CurrentWriteRefusal).code;
  protected readonly request = computed(() => screenRequest(this.session().session(), this.session().me()?.id ?? ''));
  protected readonly grant = computed(() => {
    const request = this.request();
    return request.kind === 'running' && request.mine && !this.session().ended() ? request.grant : null;
  });
  /** Its place is in another window of mine. */
  protected readonly isElsewhere = computed(() => this.medias.of(this.session())?.seatState() === 'elsewhere');
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
