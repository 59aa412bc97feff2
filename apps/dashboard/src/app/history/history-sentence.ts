import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Localization, PersonName, Times, injectTexts } from '@deskside/ui';
import type { Sentence } from './sentence';
import { speak } from './spoken-sentence';

/** A sentence of the history; names and texts in it keep their own direction and language, or say why they cannot be read. */
@Component({
  selector: 'ds-history-sentence',
  imports: [PersonName],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@for (part of parts(); track $index) {
    @if (part.personal !== undefined) {
      <ds-person-name [name]="part.personal" />
    } @else {
      <span [textContent]="part.words"></span>
    }
  }`,
})
export class HistorySentence {
  readonly sentence = input.required<Sentence>();

  readonly #t = injectTexts();
  readonly #times = inject(Times);
  readonly #localization = inject(Localization);
  readonly #list = computed(() => new Intl.ListFormat(this.#localization.tag(), { type: 'conjunction' }));

  protected readonly parts = computed(() =>
    speak(this.sentence(), {
      t: this.#t,
      list: (items) => this.#list().format(items),
      instant: (instant) => this.#times.dayAndClock(instant),
    }),
  );
}
