/**
 * What the server's clock says, by a clock that may be wrong. An event that arrives while one watches was written a moment
 * ago, so the smallest difference seen is the nearest to the truth.
 */
export class SessionClock {
  /** Milliseconds by which this computer's clock is ahead; null: nothing has been seen yet, both count as equal. */
  #ahead: number | null = null;

  /** An event that was just written. @param here this computer's time in milliseconds since 1970 */
  saw(occurredAt: string, here: number): void {
    const difference = here - Date.parse(occurredAt);
    this.#ahead = this.#ahead === null ? difference : Math.min(this.#ahead, difference);
  }

  /** The server's time in milliseconds since 1970. */
  now(here: number): number {
    return here - (this.#ahead ?? 0);
  }
}
