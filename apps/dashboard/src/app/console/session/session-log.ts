import { ChangeDetectionStrategy, Component, computed, input, linkedSignal, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Time, injectTexts } from '@deskside/ui';
import { HistorySentence } from '../../history/history-sentence';
import { People } from '../../history/people';
import { sentenceOf } from '../../history/sentence-of';
import type { OpenSession } from '../open-sessions/open-session';

/** The events of the session as sentences, newest first. Nothing moves under the pointer: what is new waits. */
@Component({
  selector: 'ds-session-log',
  imports: [HistorySentence, MatButtonModule, Time],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(pointerenter)': 'held.set(true)', '(pointerleave)': 'held.set(false)' },
  template: `
    @if (waiting(); as count) {
      <button matButton type="button" (click)="showNew()">{{ t('console.log.more', { count }) }}</button>
    }
    <ol reversed>
      @for (row of rows(); track row.revision) {
        <li>
          <ds-time [at]="row.at" />
          <ds-history-sentence [sentence]="row.sentence" />
        </li>
      } @empty {
        <li>{{ t('console.log.empty') }}</li>
      }
    </ol>
  `,
  styles: `
    :host {
      display: block;
    }
    li {
      display: grid;
      grid-template-columns: minmax(52px, auto) 1fr;
      gap: 8px;
      padding: 4px 14px;
      font-size: var(--ds-small);
      overflow-wrap: anywhere;
    }
    ds-time {
      color: var(--ds-text-3);
    }
    button {
      position: sticky;
      inset-block-start: 0;
      width: 100%;
      background: var(--ds-accent-soft);
    }
  `,
})
export class SessionLog {
  readonly session = input.required<OpenSession>();

  protected readonly t = injectTexts();
  protected readonly held = signal(false);
  readonly #events = computed(() => this.session().store.events());
  /** How many events are shown: all of them, or as many as there were when the pointer came. */
  readonly #shown = linkedSignal<{ count: number; held: boolean }, number>({
    source: () => ({ count: this.#events().length, held: this.held() }),
    computation: ({ count, held }, before) => (held && before !== undefined && before.value > 0 ? before.value : count),
  });

  protected readonly waiting = computed(() => this.#events().length - this.#shown());
  protected readonly rows = computed(() => {
    const telling = { people: People.of(this.#events()), stream: `supportSession-${this.session().id}` };
    return this.#events()
      .slice(0, this.#shown())
      .map((event) => ({ revision: event.revision, at: event.occurredAt, sentence: sentenceOf(event, telling) }))
      .toReversed();
  });

  protected showNew(): void {
    this.#shown.set(this.#events().length);
  }
}
