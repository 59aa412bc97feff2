import { DOCUMENT, DestroyRef, Directive, ElementRef, inject } from '@angular/core';

/**
 * Focus is never lost by an update: when the button that had it goes away (a question was answered, voice was moved), the
 * heading has it, so that Tab and a screen reader go on from there.
 */
@Directive({ selector: '[dsKeepFocus]', host: { '(focusin)': 'remember($event)' } })
export class KeepFocus {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #document = inject(DOCUMENT);
  #last: Node | null = null;

  constructor() {
    const observer = new MutationObserver(() => this.#recover());
    observer.observe(this.#host, { childList: true, subtree: true });
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }

  protected remember({ target }: FocusEvent): void {
    this.#last = target instanceof Node ? target : null;
  }

  #recover(): void {
    const { activeElement, body } = this.#document;
    const isLost = this.#last !== null && !this.#last.isConnected && activeElement === body;
    if (!isLost) return;
    this.#last = null;
    this.#host.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }
}
