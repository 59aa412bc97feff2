import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Times, injectTexts } from '@deskside/ui';
import { HistorySentence } from '../../history/history-sentence';
import type { LookedAtHistory } from './looked-at-history';

const shortHash = (hash: string): string => `${hash.slice(0, 4)}…${hash.slice(-4)}`;

/** The session as it stood at the event that is looked at; what the event changed is marked. */
@Component({
  selector: 'ds-state-panel',
  imports: [HistorySentence],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', tabindex: '0', '[attr.aria-label]': "t('history.part.state')" },
  template: `
    <h2 [attr.aria-live]="runs() ? 'off' : 'polite'">{{ title() }}</h2>
    @if (looked().lacks()) {
      <p class="lacks">{{ t('history.state.lacks') }}</p>
    }
    @if (changed(); as sentence) {
      <p class="none">{{ t(sentence) }}</p>
    }
    <dl>
      @for (row of looked().stateRows(); track row.label) {
        <div [class.changed]="row.changed">
          <dt>{{ t(row.label) }}</dt>
          <dd>
            @for (line of row.lines; track $index) {
              <ds-history-sentence [sentence]="line" />
            }
            @if (row.changed) {
              <span class="mark">{{ t('history.state.changed') }}</span>
            }
          </dd>
        </div>
      }
      <div>
        <dt>{{ t('history.state.hash') }}</dt>
        <dd class="hash" [title]="looked().event()?.hash ?? ''">{{ hash() }}</dd>
      </div>
    </dl>
  `,
  styles: `
    :host {
      display: block;
      padding-block: 8px;
    }
    h2 {
      padding: 4px 16px 8px;
      color: var(--ds-text-2);
      font-size: var(--ds-small);
      font-weight: var(--ds-weight-strong);
    }
    .lacks {
      padding: 0 16px 6px;
      color: var(--ds-warn);
      font-size: var(--ds-small);
    }
    .none {
      padding: 0 16px 6px;
      color: var(--ds-text-3);
      font-size: var(--ds-small);
    }
    dl > div {
      display: grid;
      grid-template-columns: minmax(104px, 34%) 1fr;
      gap: 8px;
      padding: 5px 16px;
      font-size: var(--ds-small);
    }
    dt {
      color: var(--ds-text-2);
      font-weight: 500;
    }
    dd {
      display: flex;
      flex-direction: column;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .changed {
      background: var(--ds-warn-soft);
    }
    .mark {
      color: var(--ds-warn);
      font-size: var(--ds-tiny);
    }
  `,
})
export class StatePanel {
  readonly looked = input.required<LookedAtHistory>();
  /** The clock runs: nobody wants to hear every event of it. */
  readonly runs = input(false);

  protected readonly t = injectTexts();
  readonly #times = inject(Times);

  protected readonly title = computed(() => {
    const event = this.looked().event();
    if (event === undefined) return '';
    if (event.unreadable) return this.t('history.state.titleWithoutTime', { revision: event.revision });
    const time = this.#times.clockToTheSecond(event.occurredAt);
    return this.t('history.state.title', { time, revision: event.revision });
  });

  /** Key of what is said when no row of the state is marked. */
  protected readonly changed = computed(() => {
    if (this.looked().event()?.unreadable === true) return 'history.state.unreadable';
    const isMarked = this.looked()
      .stateRows()
      .some(({ changed }) => changed);
    return isMarked ? null : 'history.state.nothingChanged';
  });

  protected readonly hash = computed(() => {
    const history = this.looked().history();
    const event = this.looked().event();
    if (!history || !event) return '';
    const hash = shortHash(event.hash);
    if (event.revision === history.chain.brokenAtRevision) return this.t('history.state.doesNotFollow', { hash });
    const before = history.events.find(({ revision }) => revision === event.revision - 1);
    if (before === undefined)
      return this.t(`history.state.${event.revision === 0 ? 'first' : 'afterMissing'}`, { hash });
    return this.t('history.state.follows', { hash, previous: shortHash(before.hash) });
  });
}
