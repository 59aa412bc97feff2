import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { PersonalText } from '@deskside/domain';
import { firstGrapheme, languageOfName, readable } from './person-text';
import type { ReadText } from './person-text';

/** A person's first letter on a coloured disc; the name stands beside it in words. */
@Component({
  selector: 'ds-avatar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `<span class="disc" [attr.lang]="language()" [style.background]="'var(--ds-customer-' + colour() + ')'">{{
    letter()
  }}</span>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
    .disc {
      display: grid;
      place-items: center;
      inline-size: var(--ds-avatar-size, 32px);
      block-size: var(--ds-avatar-size, 32px);
      border-radius: 50%;
      color: var(--ds-on-customer);
      font-size: calc(var(--ds-avatar-size, 32px) * 0.42);
      font-weight: var(--ds-weight-strong);
      line-height: 1;
    }
    @media (forced-colors: active) {
      .disc {
        border: 1px solid CanvasText;
      }
    }
  `,
})
export class Avatar {
  readonly name = input.required<PersonalText | ReadText | null>();
  readonly colour = input<CustomerColour>('c');

  protected readonly letter = computed(() => firstGrapheme(readable(this.name()) ?? ''));
  protected readonly language = computed(() => languageOfName(readable(this.name()) ?? ''));
}

/** Letters of the eight customer colours. */
export const customerColours = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
export type CustomerColour = (typeof customerColours)[number];
