import { DOCUMENT, Injectable, inject, makeEnvironmentProviders, provideAppInitializer, signal } from '@angular/core';
import type { EnvironmentProviders } from '@angular/core';
import { rememberedText } from '../remembering/remembered-text';

export const colorSchemes = ['system', 'light', 'dark'] as const;
export type ColorSchemeName = (typeof colorSchemes)[number];

/** Light, dark, or as the system says; remembered in this browser. The tokens follow `color-scheme` by themselves. */
@Injectable({ providedIn: 'root' })
export class ColorScheme {
  readonly #root = inject(DOCUMENT).documentElement;
  readonly #remembered = rememberedText('deskside.color-scheme');
  readonly #chosen = signal<ColorSchemeName>('system');

  readonly chosen = this.#chosen.asReadonly();

  start(): void {
    const remembered = this.#remembered.read();
    this.#show(colorSchemes.find((name) => name === remembered) ?? 'system');
  }

  use(name: ColorSchemeName): void {
    this.#remembered.write(name);
    this.#show(name);
  }

  #show(name: ColorSchemeName): void {
    if (name === 'system') this.#root.removeAttribute('data-theme');
    else this.#root.setAttribute('data-theme', name);
    this.#chosen.set(name);
  }
}

export function provideColorScheme(): EnvironmentProviders {
  return makeEnvironmentProviders([provideAppInitializer(() => inject(ColorScheme).start())]);
}
