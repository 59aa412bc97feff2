import { Directive, ElementRef, inject } from '@angular/core';

/** How long a button that decides something must be on the screen before a key can press it. */
export const settlingMs = 700;

/**
 * For buttons that admit, refuse, end or remove: whoever was typing when they appeared must not press them by chance.
 * A click made by a key has `detail` 0.
 */
@Directive({
  selector: 'button[dsIgnoreKeysAtFirst]',
})
export class IgnoreKeysAtFirst {
  readonly #appearedAt = performance.now();

  constructor() {
    const button = inject<ElementRef<HTMLButtonElement>>(ElementRef).nativeElement;
    button.addEventListener('click', (click) => this.#hold(click), { capture: true });
  }

  #hold(click: MouseEvent): void {
    const byKey = click.detail === 0;
    if (!byKey || performance.now() - this.#appearedAt >= settlingMs) return;
    click.preventDefault();
    click.stopImmediatePropagation();
  }
}
