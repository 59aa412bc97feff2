import { Injectable, signal } from '@angular/core';
import { rememberedText } from '@deskside/ui';

export const stageSizes = ['fit', 'actual'] as const;
export type StageSizeName = (typeof stageSizes)[number];

/** How large the picture stands on the stage: by the buttons on it, by key and by the palette. */
@Injectable({ providedIn: 'root' })
export class StageSize {
  readonly #remembered = rememberedText('deskside.stage-size');
  readonly #size = signal<StageSizeName>(this.#remembered.read() === 'actual' ? 'actual' : 'fit');
  readonly #fullScreenAsked = signal(0);
  readonly size = this.#size.asReadonly();
  /** Counts the wishes to have it on the whole screen, or back. */
  readonly fullScreenAsked = this.#fullScreenAsked.asReadonly();

  choose(size: StageSizeName): void {
    this.#remembered.write(size);
    this.#size.set(size);
  }

  toggle(): void {
    this.choose(this.size() === 'fit' ? 'actual' : 'fit');
  }

  askFullScreen(): void {
    this.#fullScreenAsked.update((count) => count + 1);
  }
}
