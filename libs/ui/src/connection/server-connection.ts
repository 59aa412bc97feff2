import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { backOffMs } from './back-off';
import { NextTry } from './next-try';

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
  readonly #next = new NextTry(inject(DOCUMENT), () => this.tryNow());
  /** null while it can be reached. */
  readonly #lostSince = signal<number | null>(null);
  readonly #hasNetwork = signal(true);
  #attempt = 0;

  readonly state = computed<ConnectionState>(() => {
    const since = this.#lostSince();
    if (since === null) return { status: 'online' };
    return this.#hasNetwork()
      ? { status: 'reconnecting', since, nextTryAt: this.#next.at() }
      : { status: 'offline', since };
  });

  constructor() {
    this.#window?.addEventListener('online', () => this.tryNow());
  }

  /** Called by whoever could not reach the server. Settles when it is time to try again. */
  nextTry(): Promise<void> {
    this.#next.wait(() => backOffMs(this.#attempt++, Math.random()));
    this.#noteLost();
    return firstValueFrom(this.#next.whenTried());
  }

  /** Called by whoever got an answer. */
  restored(): void {
    this.#attempt = 0;
    this.#next.stopWaiting();
    if (this.#lostSince() === null) return;
    this.#lostSince.set(null);
    this.#next.try();
  }

  tryNow(): void {
    if (this.#lostSince() === null) return;
    if (this.#next.isAwaited) this.#noteLost();
    // Whoever had lost the server has gone away meanwhile.
    else this.#lostSince.set(null);
    this.#next.try();
  }

  #noteLost(): void {
    this.#lostSince.update((since) => since ?? Date.now());
    this.#hasNetwork.set(this.#window?.navigator.onLine !== false);
  }
}
