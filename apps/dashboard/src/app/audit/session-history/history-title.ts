import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { formatSessionNumber } from '@deskside/domain';
import { Icon, Localization, Times, injectTexts, isolated, shownText } from '@deskside/ui';
import { ErasureDialogs } from '../../erasure/erasure-dialogs';
import { openedText } from '../../history/people';
import { NamesList } from '../../names/names-list';
import { SignedInPerson } from '../../sign-in/signed-in-person';
import type { History } from './looked-at-history';

/** Which session this is, when it was, who was in it, and that looking is recorded. */
@Component({
  selector: 'ds-history-title',
  imports: [Icon, MatButtonModule, MatMenuModule, NamesList, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './history-title.html',
  styleUrl: './history-title.scss',
})
export class HistoryTitle {
  readonly history = input.required<History>();
  /** Something was erased: the history reads differently now. */
  readonly changed = output();

  protected readonly t = injectTexts();
  protected readonly person = inject(SignedInPerson);
  readonly #times = inject(Times);
  readonly #localization = inject(Localization);
  readonly #erasures = inject(ErasureDialogs);
  readonly #zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  protected readonly number = computed(() => formatSessionNumber(this.history().summary.number));
  protected readonly span = computed(() => {
    const { startedAt, endedAt } = this.history().summary;
    const zone = this.#zone;
    if (endedAt === null) return this.t('history.spanOpen', { from: this.#times.dayAndClock(startedAt), zone });
    const format = new Intl.DateTimeFormat(this.#localization.tag(), { dateStyle: 'medium', timeStyle: 'medium' });
    return this.t('history.span', { range: format.formatRange(new Date(startedAt), new Date(endedAt)), zone });
  });
  protected readonly names = computed(() => {
    const { customerNames, representativeName } = this.history().summary;
    return [...customerNames, representativeName].map(openedText);
  });
  protected readonly customers = computed(() => {
    const { customerIds, people } = this.history();
    return customerIds.map((id) => {
      const name = people.find((known) => known.id === id)?.name;
      return { id, erased: name?.lost === 'erased', name: isolated(shownText(name, this.t)) };
    });
  });

  protected async erase(customerId: string): Promise<void> {
    const { number } = this.history().summary;
    if (await this.#erasures.askToErase({ customerId, number })) this.changed.emit();
  }
}
