import { DestroyRef, Injectable, inject, signal } from '@angular/core';
import type { Signal, WritableSignal } from '@angular/core';

interface Tick {
  readonly now: WritableSignal<number>;
  readonly timer: ReturnType<typeof setInterval>;
  watchers: number;
}

/** One timer for each pace, however many watch it. */
@Injectable({ providedIn: 'root' })
export class Clock {
  readonly #ticks = new Map<number, Tick>();

  watch(everyMs: number): { readonly now: Signal<number>; readonly stop: () => void } {
    const tick = this.#ticks.get(everyMs) ?? this.#start(everyMs);
    tick.watchers++;
    return { now: tick.now.asReadonly(), stop: () => this.#release(everyMs, tick) };
  }

  #start(everyMs: number): Tick {
    const now = signal(Date.now());
    const tick: Tick = { now, timer: setInterval(() => now.set(Date.now()), everyMs), watchers: 0 };
    this.#ticks.set(everyMs, tick);
    return tick;
  }

  #release(everyMs: number, tick: Tick): void {
    if (--tick.watchers > 0) return;
    clearInterval(tick.timer);
    this.#ticks.delete(everyMs);
  }
}

/** The time of this computer in milliseconds since 1970, renewed every `everyMs` while whoever asked is there. */
export function injectNow(everyMs = 1_000): Signal<number> {
  const { now, stop } = inject(Clock).watch(everyMs);
  inject(DestroyRef).onDestroy(stop);
  return now;
}
