import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { injectWriteRefusalSentence } from '@deskside/ui';

/** Something a person can have done by the palette, and perhaps by a key. */
export interface Command {
  readonly id: string;
  /** In the language of the moment. */
  readonly title: string;
  readonly combo?: string;
  /** True when holding the key down goes on and on. */
  readonly repeats?: boolean;
  /** True when it writes something, or leads to nothing else: while nothing can be written it is not done. */
  readonly writes?: boolean;
  readonly run: () => void;
}

type Source = () => readonly Command[];

/** What can be done right now: each part of the page offers its own while it is there. */
@Injectable({ providedIn: 'root' })
export class Commands {
  readonly #sources = signal<readonly Source[]>([]);

  /** Why commands that write cannot be done now, in a sentence; null while they can. */
  readonly writeRefusal = injectWriteRefusalSentence();
  readonly all = computed(() => this.#sources().flatMap((source) => source()));

  /** @returns whether it was done */
  run({ writes, run }: Command): boolean {
    const isHeld = writes === true && this.writeRefusal() !== null;
    if (!isHeld) run();
    return !isHeld;
  }

  offer(source: Source, until: DestroyRef): void {
    this.#sources.update((sources) => [...sources, source]);
    until.onDestroy(() => this.#sources.update((sources) => sources.filter((other) => other !== source)));
  }
}

/** Offers commands as long as whoever calls this is there. `source` may read signals, also for its texts. */
export function offerCommands(source: Source): void {
  inject(Commands).offer(source, inject(DestroyRef));
}
