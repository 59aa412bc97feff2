import { linkedSignal, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { freeRows, heldRows } from './held-rows';
import type { HeldRows } from './held-rows';

interface Moment<Row> {
  readonly now: readonly Row[] | null;
  readonly held: boolean;
  /** Grows each time somebody asks for the rows that wait. */
  readonly taken: number;
}

/** A live list that does not move while the pointer or the focus is in it. */
export class LiveRows<Row> {
  readonly #held = signal(false);
  readonly #taken = signal(0);
  readonly #rows;

  /** null until the list is known. */
  readonly rows: Signal<HeldRows<Row> | null>;

  constructor(now: Signal<readonly Row[] | null>, idOf: (row: Row) => string) {
    this.#rows = linkedSignal<Moment<Row>, HeldRows<Row> | null>({
      source: () => ({ now: now(), held: this.#held(), taken: this.#taken() }),
      computation: (moment, before) => {
        if (moment.now === null) return null;
        const drawn = before?.value ?? null;
        const mayMove = !moment.held || moment.taken !== before?.source.taken;
        return drawn === null || mayMove ? freeRows(moment.now) : heldRows(drawn, moment.now, idOf);
      },
    });
    this.rows = this.#rows.asReadonly();
  }

  /** The pointer or the focus is in the list, or has left it. */
  hold(held: boolean): void {
    this.#held.set(held);
  }

  /** Shows the rows that wait. */
  take(): void {
    this.#taken.update((times) => times + 1);
  }
}
