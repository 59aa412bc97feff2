import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';

/** Tries that are remembered, and for how long. */
const window = { tries: 30, seconds: 15 * 60 } as const;
const slowest = 8000;

/**
 * Makes guessing slow: each failed try of the same caller waits twice as long as the one before (from 250 ms to 8 s), and
 * after 30 in a quarter of an hour none is looked at. A success takes its own try back.
 */
export class Throttle {
  readonly #limiter: RateLimiterMemory;

  /** @param pause how a try is made to wait, in milliseconds */
  constructor(
    kind: string,
    private readonly pause: (milliseconds: number) => Promise<unknown> = sleep,
  ) {
    this.#limiter = new RateLimiterMemory({ keyPrefix: kind, points: window.tries, duration: window.seconds });
  }

  /** Counts a try by all these keys (address, account) and waits as long as the worst of them has to. */
  async admit(keys: readonly string[]): Promise<Outcome<void>> {
    const counts = await Promise.all(keys.map((key) => this.#limiter.penalty(key, 1)));
    const worst = Math.max(...counts.map((count) => count.consumedPoints));
    const wait = Math.max(...counts.map((count) => count.msBeforeNext));
    if (worst > window.tries) return refused('TOO_MANY_TRIES', { seconds: Math.ceil(wait / 1000) });
    if (worst > 1) await this.pause(Math.min(slowest, 250 * 2 ** (worst - 2)));
    return done(undefined);
  }

  async succeeded(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => this.#limiter.reward(key, 1)));
  }
}
