import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import { defer } from 'rxjs';
import type { Observable } from 'rxjs';
import { NextTry } from './next-try';

export const shortestWaitMs = 20_000;
/** Added to it by chance, so that the windows of one person do not all ask at the same moment. */
export const waitSpreadMs = 20_000;
/** A feed that was tried and has not been refused within this time was let in; not every feed begins with a greeting. */
const refusedWithinMs = 3_000;

/**
 * The server lets one person have a feed in so many windows, and this one is beyond that. It ends by itself when others
 * are closed, so all feeds that are kept out try again together: now and then, when the window comes to the front, and
 * when the person says so.
 */
@Injectable({ providedIn: 'root' })
export class WindowLimit {
  readonly #keptOut = signal<ReadonlySet<object>>(new Set());
  readonly #next = new NextTry(inject(DOCUMENT), () => this.tryNow());
  /** Tried, and without an answer yet. */
  #asking = new Set<object>();
  #answers: ReturnType<typeof setTimeout> | undefined;

  /** null while every feed of this window has its place; the time is in milliseconds since 1970. */
  readonly reached = computed(() => (this.#keptOut().size === 0 ? null : { nextTryAt: this.#next.at() }));

  /** Called with each refusal of `feed`. Emits once, when it is to be opened again. */
  whenRoom(feed: object): Observable<void> {
    return defer(() => {
      this.#asking.delete(feed);
      this.#keptOut.update((feeds) => new Set([...feeds, feed]));
      this.#next.wait(() => shortestWaitMs + Math.random() * waitSpreadMs);
      return this.#next.whenTried();
    });
  }

  /** The feed has its place, or is no longer wanted. */
  forget(feed: object): void {
    if (!this.#keptOut().has(feed)) return;
    this.#keptOut.update((feeds) => new Set([...feeds].filter((other) => other !== feed)));
    if (this.#keptOut().size === 0) this.#next.stopWaiting();
  }

  tryNow(): void {
    if (this.#keptOut().size === 0) return;
    this.#asking = new Set(this.#keptOut());
    clearTimeout(this.#answers);
    this.#answers = setTimeout(() => {
      for (const feed of this.#asking) this.forget(feed);
    }, refusedWithinMs);
    this.#next.try();
  }
}
