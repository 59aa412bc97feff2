import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { PersonalText } from '@deskside/domain';
import { injectTexts } from '../localization/texts';
import { languageOfName, lossOf, readable } from './person-text';
import type { ReadText } from './person-text';

/** A name as its bearer wrote it, apart from the direction and language around it; "erased" once it is, "cannot be read" where it is damaged. */
@Component({
  selector: 'ds-person-name',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (text(); as name) {
      <bdi [attr.lang]="language()">{{ name }}</bdi>
    } @else {
      <span class="lost">{{ t('person.' + loss()) }}</span>
    }
  `,
  styles: `
    :host {
      overflow-wrap: anywhere;
    }
    .lost {
      padding: 0 6px;
      border: 1px solid var(--ds-line);
      border-radius: 999px;
      background: var(--ds-surface-2);
      color: var(--ds-text-3);
      font-size: var(--ds-small);
      font-weight: 400;
    }
  `,
})
export class PersonName {
  readonly name = input.required<PersonalText | ReadText | null>();

  protected readonly t = injectTexts();
  protected readonly text = computed(() => readable(this.name()));
  protected readonly loss = computed(() => lossOf(this.name()));
  protected readonly language = computed(() => languageOfName(this.text() ?? ''));
}
