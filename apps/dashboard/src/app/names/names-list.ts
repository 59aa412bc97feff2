import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { PersonalText } from '@deskside/domain';
import { Localization, PersonName } from '@deskside/ui';

/** Names as the reader's language lists them, each by itself. */
@Component({
  selector: 'ds-names-list',
  imports: [PersonName],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@for (part of parts(); track $index) {
    @if (part.name !== undefined) {
      <ds-person-name [name]="part.name" />
    } @else {
      <span [textContent]="part.words"></span>
    }
  }`,
})
export class NamesList {
  readonly names = input.required<readonly PersonalText[]>();

  readonly #localization = inject(Localization);
  readonly #list = computed(() => new Intl.ListFormat(this.#localization.tag(), { type: 'conjunction' }));

  protected readonly parts = computed(() => {
    const names = this.names();
    const places = this.#list().formatToParts(names.map((_, index) => String(index)));
    return places.map(({ type, value }) => (type === 'element' ? { name: names[Number(value)] } : { words: value }));
  });
}
