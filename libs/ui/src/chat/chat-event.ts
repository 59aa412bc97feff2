import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { injectTexts } from '../localization/texts';
import { isolated, shownText } from '../people/person-text';
import { Time } from '../times/time';
import type { EventEntry } from './chat-entries';

/** An event of the session as a thin line between the messages. */
@Component({
  selector: 'ds-chat-event',
  imports: [Time],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<span>{{ sentence() }}</span>
    @if (entry().at; as at) {
      <ds-time [at]="at" />
    }`,
  styles: `
    :host {
      display: flex;
      align-items: baseline;
      justify-content: center;
      gap: 8px;
      color: var(--ds-text-3);
      font-size: var(--ds-small);
      text-align: center;
    }
    span {
      overflow-wrap: anywhere;
    }
    ds-time {
      flex: none;
    }
    :host::before,
    :host::after {
      flex: 1;
      min-width: 12px;
      border-block-end: 1px solid var(--ds-line);
      content: '';
      translate: 0 -0.35em;
    }
  `,
})
export class ChatEvent {
  readonly entry = input.required<EventEntry>();

  readonly #t = injectTexts();
  protected readonly sentence = computed(() => {
    const { sentence, who } = this.entry();
    return this.#t(`sessionEvent.${sentence}`, { name: isolated(shownText(who, this.#t)) });
  });
}
