import { DOCUMENT, DestroyRef, Directive, ElementRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatDialog } from '@angular/material/dialog';
import { delay } from 'rxjs';

/**
 * Focus is never lost by an update: when the element that had it goes away (a person was admitted, a session ended, a page
 * changed), the heading of what is there now has it, so that Tab and a screen reader go on from there.
 */
@Directive({
  selector: '[dsKeepFocus]',
  host: { '(focusin)': 'remember($event)' },
})
export class KeepFocus {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #document = inject(DOCUMENT);
  #last: Node | null = null;

  constructor() {
    const observer = new MutationObserver(() => this.#recover());
    observer.observe(this.#host, { childList: true, subtree: true });
    inject(DestroyRef).onDestroy(() => observer.disconnect());
    // A dialog gives the focus back to its opener, which may be gone by then.
    inject(MatDialog)
      .afterAllClosed.pipe(delay(0), takeUntilDestroyed())
      .subscribe(() => this.#recover());
  }

  protected remember({ target }: FocusEvent): void {
    this.#last = target instanceof Node ? target : null;
  }

  #recover(): void {
    const isLost =
      this.#last !== null && !this.#last.isConnected && this.#document.activeElement === this.#document.body;
    if (!isLost) return;
    const heading = this.#host.querySelector<HTMLElement>('h1');
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}
