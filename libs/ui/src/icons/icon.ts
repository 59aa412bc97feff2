import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  ElementRef,
  InjectionToken,
  effect,
  inject,
  input,
  viewChild,
} from '@angular/core';
import { makeEnvironmentProviders } from '@angular/core';
import type { EnvironmentProviders } from '@angular/core';
import { drawIcon } from './icon-drawing';
import type { IconSet } from './icon-set';
import { uiIcons } from './ui-icons';

const ICONS = new InjectionToken<readonly IconSet[]>('icons', { factory: () => [] });

/** Only icons that are named here are in the bundle. May be called more than once. */
export function provideIcons(icons: IconSet): EnvironmentProviders {
  return makeEnvironmentProviders([{ provide: ICONS, useValue: icons, multi: true }]);
}

/** A drawing beside words, never instead of them: hidden from screen readers. `<ds-icon name="send" />` */
@Component({
  selector: 'ds-icon',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `<svg
    #drawing
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    focusable="false"
  ></svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      width: var(--ds-icon-size, 18px);
      height: var(--ds-icon-size, 18px);
    }
    svg {
      width: 100%;
      height: 100%;
    }
  `,
})
export class Icon {
  readonly name = input.required<string>();

  readonly #icons = inject(ICONS);
  readonly #document = inject(DOCUMENT);
  protected readonly drawing = viewChild.required<ElementRef<SVGElement>>('drawing');

  constructor() {
    effect(() =>
      this.drawing().nativeElement.replaceChildren(...drawIcon(this.#sourceOf(this.name()), this.#document)),
    );
  }

  #sourceOf(name: string): string {
    const source = [...this.#icons, uiIcons].find((set) => name in set)?.[name];
    if (source === undefined) throw new Error(`No icon is called ${name}: name it in provideIcons.`);
    return source;
  }
}
