import { DOCUMENT, Injectable, inject, signal } from '@angular/core';
import { Subject, firstValueFrom } from 'rxjs';
import { backOffMs } from './back-off';

export type ConnectionState =
  | { readonly status: 'online' }
  /** The server does not answer; times in milliseconds since 1970. A `nextTryAt` that is past: the try is under way. */
  | { readonly status: 'reconnecting'; readonly since: number; readonly nextTryAt: number }
  /** This device says that it has no network; a try is made all the same now and then, and at once when it has. */
  | { readonly status: 'offline'; readonly since: number };

/**
 * Whether the server can be reached, and one clock for everybody who waits for it: live feeds and unsent commands try
 * again at the same moment, and one that gets through wakes the others.
 */
@Injectable({ providedIn: 'root' })
export class ServerConnection {
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #state = signal<ConnectionState>({ status: 'online' });
  readonly #nextTry = new Subject<void>();
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  readonly state = this.#state.asReadonly();

  constructor() {
    this.#window?.addEventListener('online', () => this.tryNow());
    // A computer that was asleep, or a tab that comes to the front: nobody wants to see a countdown now.
    this.#window?.document.addEventListener('visibilitychange', () => {
      if (this.#window?.document.visibilityState === 'visible') this.tryNow();
    });
  }

  /** Called by whoever could not reach the server. Settles when it is time to try again. */
  nextTry(): Promise<void> {
    this.#lost();
    return firstValueFrom(this.#nextTry);
  }

  /** Called by whoever got an answer. */
  restored(): void {
    this.#attempt = 0;
    this.#stopWaiting();
    if (this.#state().status === 'online') return;
    this.#state.set({ status: 'online' });
    this.#nextTry.next();
  }

  tryNow(): void {
    if (this.#state().status === 'online') return;
    this.#stopWaiting();
    if (this.#nextTry.observed) this.#waitUntil(Date.now());
    // Whoever had lost the server has gone away meanwhile.
    else this.#state.set({ status: 'online' });
    this.#nextTry.next();
  }

  #lost(): void {
    if (this.#timer !== null) return;
    const waitMs = backOffMs(this.#attempt++, Math.random());
    this.#waitUntil(Date.now() + waitMs);
    this.#timer = setTimeout(() => this.tryNow(), waitMs);
  }

  #waitUntil(nextTryAt: number): void {
    const state = this.#state();
    const since = state.status === 'online' ? Date.now() : state.since;
    const hasNetwork = this.#window?.navigator.onLine !== false;
    this.#state.set(hasNetwork ? { status: 'reconnecting', since, nextTryAt } : { status: 'offline', since });
  }

  #stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
