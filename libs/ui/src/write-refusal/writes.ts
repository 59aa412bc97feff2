import { DestroyRef, Directive, ElementRef, effect, inject } from '@angular/core';
import { injectWriteRefusalSentence } from './write-refusal-sentence';

/**
 * For buttons by which something is written, or which lead to nothing else: while nothing can be, they say why and do
 * nothing. They keep the focus and their place, and come back by themselves as they are then by their own bindings.
 */
@Directive({
  selector: 'button[dsWrites]',
  host: { '[class.ds-write-refused]': 'why() !== null' },
})
export class Writes {
  protected readonly why = injectWriteRefusalSentence();
  readonly #button = inject<ElementRef<HTMLButtonElement>>(ElementRef).nativeElement;
  readonly #covered = ['aria-disabled', 'aria-description', 'title'].map(
    (name) => new CoveredAttribute(this.#button, name),
  );
  /** Hears of what the button's own bindings write, also where it is what stands there already. */
  readonly #own = new MutationObserver((written) => this.#say(this.why(), written));

  constructor() {
    // A form's Enter presses its button as well.
    this.#button.addEventListener('click', (click) => this.#hold(click), { capture: true });
    effect(() => this.#say(this.why(), this.#own.takeRecords()));
    inject(DestroyRef).onDestroy(() => this.#own.disconnect());
  }

  #hold(click: MouseEvent): void {
    if (this.why() === null) return;
    click.preventDefault();
    click.stopImmediatePropagation();
  }

  #say(why: string | null, written: readonly MutationRecord[]): void {
    const names = new Set(written.map(({ attributeName }) => attributeName));
    for (const attribute of this.#covered) if (names.has(attribute.name)) attribute.noteOwn();
    // What is written from here on is not the button's own.
    this.#own.disconnect();
    const [disabled, ...sentences] = this.#covered;
    disabled?.show(why === null ? null : 'true');
    for (const sentence of sentences) sentence.show(why);
    if (why !== null) this.#own.observe(this.#button, { attributeFilter: this.#covered.map(({ name }) => name) });
  }
}

/** An attribute that shows something else for a while than what the element's own bindings last wrote. */
class CoveredAttribute {
  readonly name: string;
  readonly #element: Element;
  #cover: string | null = null;
  #own: string | null = null;

  constructor(element: Element, name: string) {
    this.#element = element;
    this.name = name;
  }

  /** The element's own bindings have just written it. */
  noteOwn(): void {
    this.#own = this.#element.getAttribute(this.name);
  }

  /** null: what the element says itself. */
  show(cover: string | null): void {
    if (this.#cover === null) this.noteOwn();
    this.#cover = cover;
    const wanted = cover ?? this.#own;
    if (wanted === null) this.#element.removeAttribute(this.name);
    else this.#element.setAttribute(this.name, wanted);
  }
}
