import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from '../icons/icon';
import { injectTexts } from '../localization/texts';
import type { Failure } from './failure';
import { sentenceFor } from './refusal-sentence';

/** Why something did not come about, said at once to screen readers too. Buttons for what to do go inside. */
@Component({
  selector: 'ds-error',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'alert' },
  template: `
    @if (sentence(); as text) {
      <div class="error">
        <ds-icon name="warning" />
        <p>{{ text }}</p>
        <ng-content />
      </div>
    }
  `,
  styles: `
    .error {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 8px;
      padding: 8px 12px;
      border: 1px solid var(--ds-warn);
      border-radius: var(--ds-radius);
      background: var(--ds-warn-soft);
      color: var(--ds-text);
    }
    ds-icon {
      color: var(--ds-warn);
    }
    p {
      flex: 1 1 12em;
    }
  `,
})
export class ErrorMessage {
  readonly failure = input.required<Failure | null>();

  readonly #t = injectTexts();
  protected readonly sentence = computed(() => {
    const failure = this.failure();
    return failure === null ? null : sentenceFor(failure, this.#t);
  });
}
