import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import { Subject, defer, take } from 'rxjs';
import type { Observable } from 'rxjs';

export const shortestWaitMs = 20_000;
/** Added to it by chance, so that the windows of one person do not all ask at the same moment. */
export const waitSpreadMs = 20_000;
/** A feed that was tried and has not been refused within this time was let in; not every feed begins with a greeting. */
export const answerWithinMs = 3_000;

/**
 * The server lets one person have a feed in so many windows, and this one is beyond that. It ends by itself when others
 * are closed, so all feeds that are kept out try again together: now and then, when the window comes to the front, and
 * when the person says so.
 */
@Injectable({ providedIn: 'root' })
export class WindowLimit {
  readonly #keptOut = signal<ReadonlySet<object>>(new Set());
  readonly #nextTryAt = signal(0);
  readonly #tries = new Subject<void>();
  /** Tried, and without an answer yet. */
  #asking = new Set<object>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #answers: ReturnType<typeof setTimeout> | undefined;

  /** null while every feed of this window has its place; the time is in milliseconds since 1970. */
  readonly reached = computed(() => (this.#keptOut().size === 0 ? null : { nextTryAt: this.#nextTryAt() }));

  constructor() {
    const { defaultView } = inject(DOCUMENT);
    defaultView?.document.addEventListener('visibilitychange', () => {
      if (defaultView.document.visibilityState === 'visible') this.tryNow();
    });
  }

  /** Called with each refusal of `feed`. Emits once, when it is to be opened again. */
  whenRoom(feed: object): Observable<void> {
    return defer(() => {
      this.#asking.delete(feed);
      this.#keptOut.update((feeds) => new Set([...feeds, feed]));
      this.#wait();
      return this.#tries.pipe(take(1));
    });
  }

  /** The feed has its place, or is no longer wanted. */
  forget(feed: object): void {
    if (!this.#keptOut().has(feed)) return;
    this.#keptOut.update((feeds) => new Set([...feeds].filter((other) => other !== feed)));
    if (this.#keptOut().size === 0) this.#stopWaiting();
  }

  tryNow(): void {
    if (this.#keptOut().size === 0) return;
    this.#stopWaiting();
    this.#nextTryAt.set(Date.now());
    this.#asking = new Set(this.#keptOut());
    clearTimeout(this.#answers);
    this.#answers = setTimeout(() => {
      for (const feed of this.#asking) this.forget(feed);
    }, answerWithinMs);
    this.#tries.next();
  }

  #wait(): void {
    if (this.#timer !== null) return;
    const waitMs = shortestWaitMs + Math.random() * waitSpreadMs;
    this.#nextTryAt.set(Date.now() + waitMs);
    this.#timer = setTimeout(() => this.tryNow(), waitMs);
  }

  #stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
