import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from '../icons/icon';
import { injectWriteRefusalSentence } from './write-refusal-sentence';

/** Beside a button that writes: why it does nothing now. Nothing is seen of it while everything can be written. */
@Component({
  selector: 'ds-write-refusal',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status' },
  template: `
    @if (sentence(); as text) {
      <p><ds-icon name="warning" />{{ text }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    /* Still heard when it is filled, and no gap in the meantime. */
    :host(:empty) {
      display: contents;
    }
    p {
      display: flex;
      gap: 8px;
      padding: 8px 12px;
      border: 1px solid var(--ds-warn);
      border-radius: var(--ds-radius);
      background: var(--ds-warn-soft);
      color: var(--ds-text);
      text-wrap: pretty;
    }
    ds-icon {
      flex: none;
      margin-block-start: 0.2em;
      color: var(--ds-warn);
    }
  `,
})
export class WriteRefusalLine {
  /** Instead of the usual sentence, where another one fits better. */
  readonly words = input<string | null>(null);

  readonly #why = injectWriteRefusalSentence();
  protected readonly sentence = computed(() => (this.#why() === null ? null : (this.words() ?? this.#why())));
}
