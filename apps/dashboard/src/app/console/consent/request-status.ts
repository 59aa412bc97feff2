import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Times, Writes, injectNow, injectTexts, stopwatch } from '@deskside/ui';
import { HistorySentence } from '../../history/history-sentence';
import type { Sentence, SentenceValue } from '../../history/sentence';
import { opened } from '../../history/sentence-table';
import { Inviting } from '../invitation/inviting';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { ConsentActs } from './consent-acts';
import { requestWords } from './request-words';
import { screenRequest } from './screen-request';
import { timeLeft } from './time-left';

/** How long an answer stands here on whatever tab one is. */
const outcomeMs = 120_000;

/** How the question stands, in words, with what can be done about it. */
@Component({
  selector: 'ds-request-status',
  imports: [HistorySentence, MatButtonModule, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span class="ds-visually-hidden" role="status">
      @if (announced(); as sentence) {
        <ds-history-sentence [sentence]="sentence" />
      }
    </span>
    @if (words(); as sentence) {
      <p>
        <ds-history-sentence [sentence]="sentence" />
        @let now = state();
        @switch (now.kind) {
          @case ('notPossible') {
            <button matButton type="button" dsWrites (click)="inviting.open(session())">
              {{ t(now.device ? 'console.view.sendLink' : 'console.tools.invite') }}
            </button>
          }
          @case ('idle') {
            <button
              matButton
              type="button"
              dsWrites
              [disabled]="!medias.ready() || acts.isBusy(session().id)"
              (click)="acts.requestView(session())"
            >
              {{ t('console.view.askAgain') }}
            </button>
          }
          @case ('running') {}
          @default {
            <!-- On the tab of the question its own button takes it back. -->
            @if (!always()) {
              <button
                matButton
                type="button"
                dsWrites
                [disabled]="acts.isBusy(session().id)"
                (click)="acts.withdraw(session())"
              >
                {{ t('console.view.withdraw') }}
              </button>
            }
          }
        }
      </p>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px 8px;
      min-height: 32px;
      color: var(--ds-text-2);
      overflow-wrap: anywhere;
    }
  `,
})
export class RequestStatus {
  readonly session = input.required<OpenSession>();
  /** Also what is not possible, and how the last one ended. */
  readonly always = input.required<boolean>();

  protected readonly t = injectTexts();
  protected readonly acts = inject(ConsentActs);
  protected readonly medias = inject(SessionMedias);
  protected readonly inviting = inject(Inviting);
  readonly #times = inject(Times);
  readonly #now = injectNow(1_000);
  protected readonly state = computed(() => screenRequest(this.session().session(), this.session().me()?.id ?? ''));
  protected readonly words = computed(() => (this.#isDue() ? this.#say(this.#left()) : null));
  /** Without the running time, so that a screen reader is told changes only. */
  protected readonly announced = computed(() => (this.state().kind === 'notPossible' ? null : this.#say(null)));

  #isDue(): boolean {
    const state = this.state();
    if (this.always()) return true;
    if (state.kind === 'idle') return state.outcome !== null && this.#now() - Date.parse(state.outcome.at) < outcomeMs;
    return state.kind !== 'notPossible' && state.kind !== 'running';
  }

  #say(left: string | null): Sentence | null {
    return requestWords(this.state(), {
      clock: (at) => this.#times.clock(at),
      nameOf: (id) => this.#nameOf(id),
      left,
    });
  }

  #left(): string | null {
    const state = this.state();
    return state.kind === 'shown' ? stopwatch(timeLeft(state.expiresAt, this.#now()).milliseconds) : null;
  }

  #nameOf(id: string | null): SentenceValue {
    const person = this.session()
      .participants()
      .find((participant) => participant.id === id);
    return person === undefined ? { terms: ['person.unknown'] } : opened(person.name);
  }
}
