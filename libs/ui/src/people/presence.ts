import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { Participant } from '@deskside/domain';
import { injectTexts } from '../localization/texts';
import { CurrentWriteRefusal } from '../write-refusal/current-write-refusal';

/** Whether somebody is there: a filled or hollow dot and always the word. */
@Component({
  selector: 'ds-presence',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<span class="dot" [class.present]="shown() === 'present'" aria-hidden="true"></span
    >{{ t('presence.' + shown()) }}`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      color: var(--ds-text-2);
    }
    .dot {
      inline-size: 9px;
      block-size: 9px;
      border: 2px solid var(--ds-text-3);
      border-radius: 50%;
    }
    .present {
      border-color: var(--ds-good);
      background: var(--ds-good);
    }
    @media (forced-colors: active) {
      .present {
        background: CanvasText;
      }
    }
  `,
})
export class Presence {
  readonly presence = input.required<Participant['presence']>();

  protected readonly t = injectTexts();
  readonly #writeRefusal = inject(CurrentWriteRefusal).code;
  /** Who comes or goes while nothing can be written stands nowhere. */
  protected readonly shown = computed(() => {
    const presence = this.presence();
    const changes = presence === 'present' || presence === 'away';
    return changes && this.#writeRefusal() !== null ? 'unknown' : presence;
  });
}
