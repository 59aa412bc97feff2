import { Injectable, effect, inject } from '@angular/core';
import { CustomerSession } from '../session/customer-session';
import { SessionClock } from './session-clock';

/** The server's time, learnt from events that arrive while one watches. */
@Injectable()
export class ServerTime {
  readonly #clock = new SessionClock();
  #seen = -1;

  constructor() {
    const { store } = inject(CustomerSession);
    effect(() => {
      const last = store.events().at(-1);
      if (last === undefined || !store.caughtUp() || last.revision <= this.#seen) return;
      // What was there when this page came says nothing about the time.
      if (this.#seen >= 0) this.#clock.saw(last.occurredAt, Date.now());
      this.#seen = last.revision;
    });
  }

  /** @param here this computer's time; both in milliseconds since 1970 */
  at(here: number): number {
    return this.#clock.now(here);
  }
}
