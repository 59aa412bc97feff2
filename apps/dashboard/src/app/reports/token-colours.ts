import { DOCUMENT, DestroyRef, ElementRef, Injectable, computed, inject, signal } from '@angular/core';
import { ColorScheme } from '@deskside/ui';

const tokens = {
  first: '--ds-accent',
  second: '--ds-customer-b',
  text: '--ds-text-2',
  line: '--ds-line',
  surface: '--ds-surface',
  strong: '--ds-text',
} as const;

export type TokenColours = Readonly<Record<keyof typeof tokens, string>>;

/** The product's colours as a canvas needs them: worked out for light or dark, again when that changes. */
@Injectable()
export class TokenColoursNow {
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #document = inject(DOCUMENT);
  readonly #scheme = inject(ColorScheme);
  readonly #system = signal(0);

  readonly colours = computed<TokenColours>(() => {
    this.#scheme.chosen();
    this.#system();
    return this.#read();
  });

  constructor() {
    const dark = this.#document.defaultView?.matchMedia('(prefers-color-scheme: dark)');
    const changed = (): void => this.#system.update((times) => times + 1);
    dark?.addEventListener('change', changed);
    inject(DestroyRef).onDestroy(() => dark?.removeEventListener('change', changed));
  }

  /** A custom property is given as it was written, `light-dark(…)`; as the colour of an element it is worked out. */
  #read(): TokenColours {
    const probe = this.#document.createElement('span');
    probe.hidden = true;
    this.#element.append(probe);
    const of = (token: string): string => {
      probe.style.color = `var(${token})`;
      return this.#document.defaultView?.getComputedStyle(probe).color ?? '';
    };
    const colours = Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, of(token)]));
    probe.remove();
    return colours as TokenColours;
  }
}
