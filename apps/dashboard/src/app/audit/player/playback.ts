import { Injectable, computed, effect, inject, linkedSignal, signal, untracked } from '@angular/core';
import { LookedAtHistory } from '../session-history/looked-at-history';
import { advanced, eventAt, tapeOf } from './play-clock';
import type { Speed } from './play-clock';

/** Often enough for an eye to see the time run. */
const tickMs = 100;

/** Plays the events of the open history on a clock of the past. The event that is looked at follows the clock. */
@Injectable()
export class Playback {
  readonly #looked = inject(LookedAtHistory);
  readonly #playing = signal(false);
  readonly #speed = signal<Speed>(1);
  readonly #skipPauses = signal(true);

  readonly playing = this.#playing.asReadonly();
  readonly speed = this.#speed.asReadonly();
  readonly skipPauses = this.#skipPauses.asReadonly();
  readonly tape = computed(() => tapeOf(this.#looked.history()?.events.map(({ occurredAt }) => occurredAt) ?? []));
  readonly start = computed(() => this.tape()[0] ?? 0);
  readonly end = computed(() => this.tape().at(-1) ?? 0);

  /** Where the clock stands; at the time of the event whenever another one is chosen by other means. */
  readonly #at = linkedSignal<{ tape: readonly number[]; index: number }, number>({
    source: () => ({ tape: this.tape(), index: this.#looked.index() }),
    computation: ({ tape, index }, before) => {
      const known = before !== undefined && before.source.tape === tape && eventAt(tape, before.value) === index;
      return known ? before.value : (tape[index] ?? 0);
    },
  });
  readonly at = this.#at.asReadonly();

  constructor() {
    effect((onCleanup) => {
      if (!this.#playing()) return;
      let last = performance.now();
      const timer = setInterval(() => {
        const now = performance.now();
        untracked(() => this.#goOn(now - last));
        last = now;
      }, tickMs);
      onCleanup(() => clearInterval(timer));
    });
  }

  /** From the beginning when it had come to the end. */
  play(): void {
    if (this.#looked.index() >= this.tape().length - 1) this.jump(this.start());
    this.#playing.set(true);
  }

  pause(): void {
    this.#playing.set(false);
  }

  use(change: { readonly speed?: Speed; readonly skipPauses?: boolean }): void {
    if (change.speed !== undefined) this.#speed.set(change.speed);
    if (change.skipPauses !== undefined) this.#skipPauses.set(change.skipPauses);
  }

  /** Sets the clock; the event that is looked at is the last one of that time. */
  jump(at: number): void {
    const within = Math.min(Math.max(at, this.start()), this.end());
    this.#looked.lookAtIndex(eventAt(this.tape(), within));
    this.#at.set(within);
  }

  #goOn(elapsedMs: number): void {
    const settings = { speed: this.#speed(), skipPauses: this.#skipPauses() };
    this.jump(advanced(this.tape(), this.#at(), elapsedMs, settings));
    if (this.#at() >= this.end()) this.pause();
  }
}
