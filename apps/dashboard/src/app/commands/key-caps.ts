import { ChangeDetectionStrategy, Component, DOCUMENT, computed, inject, input } from '@angular/core';
import { writtenKeys } from './key-combo';

/** A key combination drawn as keys. `<ds-key-caps combo="mod+k" />` */
@Component({
  selector: 'ds-key-caps',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@for (key of keys(); track $index) {
    <kbd>{{ key }}</kbd>
  }`,
  styles: `
    :host {
      display: inline-flex;
      gap: 2px;
      white-space: nowrap;
    }
    kbd {
      min-width: 18px;
      padding: 0 4px;
      border: 1px solid var(--ds-line-strong);
      border-radius: 4px;
      background: var(--ds-surface-2);
      color: var(--ds-text-2);
      font: 500 var(--ds-tiny) / 16px var(--ds-font);
      text-align: center;
    }
  `,
})
export class KeyCaps {
  readonly combo = input.required<string>();

  readonly #mac = /Mac|iPhone|iPad/.test(inject(DOCUMENT).defaultView?.navigator.userAgent ?? '');
  protected readonly keys = computed(() => writtenKeys(this.combo(), this.#mac));
}
