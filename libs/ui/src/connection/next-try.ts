import { signal } from '@angular/core';
import { Subject, take } from 'rxjs';
import type { Observable } from 'rxjs';

/** When those who wait for the same thing try again: all at one moment, with one wait at a time. */
export class NextTry {
  readonly #tries = new Subject<void>();
  readonly #at = signal(0);
  readonly #tryNow: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** In milliseconds since 1970. One that is past: the try is under way. */
  readonly at = this.#at.asReadonly();

  /** @param tryNow called when the wait is over, and when the window comes to the front */
  constructor(document: Document, tryNow: () => void) {
    this.#tryNow = tryNow;
    // A computer that was asleep, or a tab that comes to the front: nobody wants to see a countdown now.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') tryNow();
    });
  }

  get isAwaited(): boolean {
    return this.#tries.observed;
  }

  /** Emits once. */
  whenTried(): Observable<void> {
    return this.#tries.pipe(take(1));
  }

  /** Begins a wait, unless one is running: whoever comes later joins it. */
  wait(howLongMs: () => number): void {
    if (this.#timer !== null) return;
    const waitMs = howLongMs();
    this.#at.set(Date.now() + waitMs);
    this.#timer = setTimeout(this.#tryNow, waitMs);
  }

  /** Everybody who waits tries now. */
  try(): void {
    this.stopWaiting();
    this.#at.set(Date.now());
    this.#tries.next();
  }

  stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
