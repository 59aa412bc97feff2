import { DOCUMENT, Injectable, inject, signal } from '@angular/core';
import { Subject, firstValueFrom } from 'rxjs';
import { backOffMs } from './back-off';

export type ConnectionState =
  | { readonly status: 'online' }
  /** The server does not answer; the next try is at `nextTryAt` (milliseconds since 1970), or is under way. */
  | { readonly status: 'reconnecting'; readonly nextTryAt: number }
  /** This computer has no network; the next try is when it has. */
  | { readonly status: 'offline' };

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
    this.#window?.addEventListener('offline', () => this.#lost());
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
    this.#state.set({ status: 'reconnecting', nextTryAt: Date.now() });
    this.#nextTry.next();
  }

  #lost(): void {
    if (this.#timer !== null) return;
    if (this.#window?.navigator.onLine === false) {
      this.#state.set({ status: 'offline' });
      return;
    }
    const waitMs = backOffMs(this.#attempt++, Math.random());
    this.#state.set({ status: 'reconnecting', nextTryAt: Date.now() + waitMs });
    this.#timer = setTimeout(() => this.tryNow(), waitMs);
  }

  #stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
