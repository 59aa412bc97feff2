import { Directive, ElementRef, effect, inject } from '@angular/core';
import type { AfterViewChecked } from '@angular/core';
import { injectWhyNotWritten } from './why-not-written';

/**
 * For buttons by which something is written, or which lead to nothing else: while nothing can be, they say why and do
 * nothing. They keep the focus and their place, whatever else disables them, and come back by themselves.
 */
@Directive({
  selector: 'button[dsWrites]',
  host: { '[class.ds-cannot-write]': 'why() !== null' },
})
export class Writes implements AfterViewChecked {
  protected readonly why = injectWhyNotWritten();
  readonly #button = inject<ElementRef<HTMLButtonElement>>(ElementRef).nativeElement;
  readonly #covered = ['aria-disabled', 'aria-description', 'title'].map(
    (name) => new CoveredAttribute(this.#button, name),
  );

  constructor() {
    // A form's Enter presses its button as well.
    this.#button.addEventListener('click', (click) => this.#hold(click), { capture: true });
    effect(() => this.#say(this.why()));
  }

  /** The button's own bindings have been written by then. */
  ngAfterViewChecked(): void {
    this.#say(this.why());
  }

  #hold(click: MouseEvent): void {
    if (this.why() === null) return;
    click.preventDefault();
    click.stopImmediatePropagation();
  }

  #say(why: string | null): void {
    const [disabled, ...sentences] = this.#covered;
    disabled?.show(why === null ? null : 'true');
    for (const sentence of sentences) sentence.show(why);
  }
}

/** An attribute that shows something else for a while than what the element's own bindings last wrote. */
class CoveredAttribute {
  readonly #element: Element;
  readonly #name: string;
  #shown: string | null = null;
  #own: string | null = null;

  constructor(element: Element, name: string) {
    this.#element = element;
    this.#name = name;
  }

  /** null: what the element says itself. */
  show(value: string | null): void {
    const now = this.#element.getAttribute(this.#name);
    if (now !== this.#shown) this.#own = now;
    if (value === null && this.#shown === null) return;
    this.#shown = value;
    const wanted = value ?? this.#own;
    if (wanted === now) return;
    if (wanted === null) this.#element.removeAttribute(this.#name);
    else this.#element.setAttribute(this.#name, wanted);
  }
}
