import { setTimeout as sleep } from 'node:timers/promises';
import type { Refusal } from '@deskside/domain';
import { tooManyTries } from './too-many';

export interface AttemptRules {
  /** Wrong ones in one window; further ones are not looked at. */
  readonly most: number;
  readonly windowSeconds: number;
  /** From this many wrong ones on the next waits: 250 ms, and twice as long each time, up to 8 s. */
  readonly slowFrom: number;
}

/** Milliseconds. */
export const firstWait = 250;
export const longestWait = 8000;
/** Guessers remembered; the one that was not heard of for the longest time goes first. */
export const guessersKept = 50_000;

interface Guesser {
  wrong: number;
  underWay: number;
  /** When the window ends, milliseconds. */
  until: number;
}

/** One attempt that has begun. */
export interface Attempt {
  /** Milliseconds that it has to wait before it is looked at. */
  readonly wait: number;
  end(wasWrong: boolean): void;
}

/**
 * Makes guessing slow. Only what was wrong counts; one that is under way takes a place of those that may be wrong, so that
 * a thousand at once are no way around it, and gives it back. What is kept is bounded, however many keys there are.
 */
export class FailedAttempts {
  readonly #guessers = new Map<string, Guesser>();

  constructor(
    private readonly rules: AttemptRules,
    private readonly now: () => number = () => performance.now(),
    private readonly kept: number = guessersKept,
  ) {}

  /** Keys in memory; for figures and tests. */
  get size(): number {
    return this.#guessers.size;
  }

  /** @returns the attempt, or, when none is looked at now, the seconds until one will be */
  begin(key: string): Attempt | number {
    const known = this.#known(key);
    const { wrong = 0, underWay = 0, until = this.now() } = known ?? {};
    if (wrong + underWay >= this.rules.most) return Math.max(1, Math.ceil((until - this.now()) / 1000));
    this.#note(key, { wrong, underWay: underWay + 1, until });
    return { wait: this.#waitAfter(wrong), end: (wasWrong) => this.#end(key, wasWrong) };
  }

  #end(key: string, wasWrong: boolean): void {
    const { wrong = 0, underWay = 1, until = 0 } = this.#known(key) ?? {};
    const window = wrong === 0 ? this.now() + this.rules.windowSeconds * 1000 : until;
    const after = { wrong: wrong + Number(wasWrong), underWay: underWay - 1, until: window };
    // Whoever was right and never wrong leaves nothing behind.
    if (after.wrong === 0 && after.underWay <= 0) this.#guessers.delete(key);
    else this.#note(key, after);
  }

  #waitAfter(wrong: number): number {
    const over = wrong - this.rules.slowFrom;
    return over < 0 ? 0 : Math.min(longestWait, firstWait * 2 ** Math.min(over, 10));
  }

  /** Undefined once the window of the wrong ones is over and nothing is under way. */
  #known(key: string): Guesser | undefined {
    const known = this.#guessers.get(key);
    if (known === undefined || known.wrong === 0 || known.until > this.now()) return known;
    return { wrong: 0, underWay: known.underWay, until: 0 };
  }

  #note(key: string, guesser: Guesser): void {
    this.#guessers.delete(key);
    this.#guessers.set(key, guesser);
    if (this.#guessers.size <= this.kept) return;
    const oldest = this.#guessers.keys().next();
    if (!oldest.done) this.#guessers.delete(oldest.value);
  }
}

/** Whose attempts are counted where. */
export interface Guard {
  readonly attempts: FailedAttempts;
  readonly key: string;
}

/** Makes an attempt wait; milliseconds. */
export type Pause = (milliseconds: number) => Promise<unknown>;

/**
 * Does the attempt behind all these guards, the first one that refuses first, and as late as the slowest of them wants.
 * @returns the refusal that says how long to wait, when no attempt is looked at now
 */
export async function guarded<T>(
  guards: readonly Guard[],
  attempt: () => Promise<T>,
  wasWrong: (outcome: T) => boolean,
  pause: Pause = sleep,
): Promise<{ readonly outcome: T } | { readonly refusal: Refusal }> {
  const begun: Attempt[] = [];
  const endAll = (wrong: boolean): void => {
    for (const one of begun) one.end(wrong);
  };
  for (const { attempts, key } of guards) {
    const one = attempts.begin(key);
    if (typeof one === 'number') {
      endAll(false);
      return { refusal: tooManyTries(one) };
    }
    begun.push(one);
  }
  let wrong = false;
  try {
    const wait = Math.max(0, ...begun.map((one) => one.wait));
    if (wait > 0) await pause(wait);
    const outcome = await attempt();
    wrong = wasWrong(outcome);
    return { outcome };
  } finally {
    endAll(wrong);
  }
}
