import { DOCUMENT, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { WriteRefusal } from '@deskside/domain';
import { NextTry } from '../connection/next-try';
import { ServerConnection } from '../connection/server-connection';

/** What the server says; undefined: it gave no answer that counts, and what was known stays. */
export type AskWriteRefusal = () => Promise<WriteRefusal | null | undefined>;

/** Apart by chance, so that not all pages ask at the same moment. */
const waits = {
  whilePossible: { leastMs: 45_000, spreadMs: 30_000 },
  whileRefused: { leastMs: 4_000, spreadMs: 3_000 },
} as const;

/**
 * Whether anything can be written on this site, as the server says it: at the beginning, after each loss of the connection,
 * after a refusal for that reason, when the window comes to the front, and now and then. It spares people presses that come
 * to nothing; the server is the one who refuses.
 */
@Injectable({ providedIn: 'root' })
export class CurrentWriteRefusal {
  readonly #document = inject(DOCUMENT);
  readonly #connection = inject(ServerConnection);
  readonly #next = new NextTry(this.#document, () => this.lookAgain());
  readonly #code = signal<WriteRefusal | null>(null);
  readonly #isOnline = computed(() => this.#connection.state().status === 'online');
  #ask: AskWriteRefusal | null = null;
  #isAsking = false;

  /** null while everything can be written. */
  readonly code = this.#code.asReadonly();

  constructor() {
    effect(() => {
      if (this.#isOnline()) untracked(() => this.lookAgain());
    });
  }

  /** From now on it is known. */
  follow(ask: AskWriteRefusal): void {
    this.#ask = ask;
    void this.#look(ask);
  }

  /** It may have changed. A page that nobody sees asks when it comes to the front. */
  lookAgain(): void {
    if (this.#ask !== null && this.#document.visibilityState !== 'hidden') void this.#look(this.#ask);
  }

  async #look(ask: AskWriteRefusal): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#next.stopWaiting();
    const said = await ask();
    this.#isAsking = false;
    if (said !== undefined) this.#code.set(said);
    const { leastMs, spreadMs } = waits[untracked(this.#code) === null ? 'whilePossible' : 'whileRefused'];
    this.#next.wait(() => leastMs + Math.random() * spreadMs);
  }
}
