import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { KnownSession, Participant } from '@deskside/domain';
import { Icon, Localization, Times, injectTexts } from '@deskside/ui';
import { injectNames } from '../people/names';
import { CustomerSession } from '../session/customer-session';
import { representativesIn } from '../session/stage';
import { lengthOf, summaryOf } from './summary';
import type { Stretch } from './summary';

/** What was done, in three lines: when and with whom, what was seen, what was said. */
@Component({
  selector: 'ds-summary-lines',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ul>
      <li><ds-icon name="sending" />{{ helped() }}</li>
      <li><ds-icon name="seen" />{{ seen() }}</li>
      <li><ds-icon name="voice" />{{ talked() }}</li>
    </ul>
  `,
  styles: `
    ul {
      display: flex;
      flex-direction: column;
      gap: 10px;
    }
    li {
      display: flex;
      gap: 12px;
      overflow-wrap: anywhere;
    }
    ds-icon {
      margin-block-start: 4px;
      color: var(--ds-text-2);
    }
  `,
})
export class SummaryLines {
  readonly session = input.required<KnownSession>();
  readonly me = input.required<Participant>();
  readonly until = input.required<string>();

  readonly #t = injectTexts();
  readonly #times = inject(Times);
  readonly #tag = inject(Localization).tag;
  readonly #names = injectNames();
  readonly #store = inject(CustomerSession).store;
  readonly #summary = computed(() =>
    summaryOf({ session: this.session(), events: this.#store.events(), me: this.me().id, until: this.until() }),
  );

  protected readonly helped = computed(() => {
    const { joinedAt } = this.me();
    const period = this.#t('over.period', {
      day: this.#times.day(joinedAt),
      from: this.#times.clock(joinedAt),
      until: this.#times.clock(this.until()),
    });
    const length = this.#lengthOf([{ from: joinedAt, until: this.until() }]);
    const helpers = representativesIn(this.session()).map(({ id }) => id);
    return this.#t('over.helped', { period, length, names: this.#names.all(helpers, this.session()) });
  });
  protected readonly seen = computed(() => {
    const { seen, viewers } = this.#summary();
    if (seen.length === 0) return this.#t('over.notSeen');
    const names = this.#names.all(viewers, this.session());
    return this.#t('over.seen', { names, times: this.#list(seen), length: this.#lengthOf(seen) });
  });
  protected readonly talked = computed(() => {
    const { talked, lines } = this.#summary();
    if (talked.length === 0) return this.#t('over.onlyWritten', { count: lines });
    return this.#t('over.talked', { times: this.#list(talked), length: this.#lengthOf(talked), count: lines });
  });

  /** 12:04–12:10, 12:20–12:21 */
  #list(stretches: readonly Stretch[]): string {
    const spans = stretches.map(({ from, until }) => `${this.#times.clock(from)}–${this.#times.clock(until)}`);
    return new Intl.ListFormat(this.#tag(), { type: 'conjunction', style: 'narrow' }).format(spans);
  }

  #lengthOf(stretches: readonly Stretch[]): string {
    return this.#times.duration(lengthOf(stretches));
  }
}
