import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { injectTexts } from '@deskside/ui';

/** What to press, one after another; each line of the text is a step. */
@Component({
  selector: 'ds-steps',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ol>
      @for (step of steps(); track $index) {
        <li>{{ step }}</li>
      }
    </ol>
  `,
  styles: `
    ol {
      display: flex;
      flex-direction: column;
      gap: 6px;
      padding-inline-start: 1.4em;
      list-style: decimal;
      font-size: 17px;
    }
  `,
})
export class Steps {
  /** Key of the text. */
  readonly of = input.required<string>();

  readonly #t = injectTexts();
  protected readonly steps = computed(() => this.#t(this.of()).split('\n'));
}
