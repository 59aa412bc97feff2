import { DestroyRef, Directive, ElementRef, inject, input } from '@angular/core';

interface Holdable {
  hold(held: boolean): void;
}

/** Holds a live list still while the pointer is over it or the focus is inside it. */
@Directive({
  selector: '[dsHoldRows]',
  host: {
    '(pointerenter)': 'point(true)',
    '(pointerleave)': 'point(false)',
    '(focusin)': 'focus(true)',
    '(focusout)': 'leave($event)',
  },
})
export class HoldRows {
  readonly dsHoldRows = input.required<Holdable>();

  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  #pointed = false;
  #focused = false;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.dsHoldRows().hold(false));
  }

  protected point(pointed: boolean): void {
    this.#pointed = pointed;
    this.#tell();
  }

  protected focus(focused: boolean): void {
    this.#focused = focused;
    this.#tell();
  }

  protected leave({ relatedTarget }: FocusEvent): void {
    this.focus(relatedTarget instanceof Node && this.#element.contains(relatedTarget));
  }

  #tell(): void {
    this.dsHoldRows().hold(this.#pointed || this.#focused);
  }
}
