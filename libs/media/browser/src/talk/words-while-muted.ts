import { voiceThreshold } from './level';

/** Shorter than a word is a knock on the desk; ms. */
const wordMs = 150;
const remindEveryMs = 10_000;

/** Notices that somebody speaks though he is muted. */
export class WordsWhileMuted {
  #loudSince: number | null = null;
  #remindedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param level a meter's value 0..1
   * @param now ms
   * @returns whether to tell him now: once he has spoken for a word's length, and at most every ten seconds
   */
  heard(level: number, muted: boolean, now: number): boolean {
    if (!muted || level <= voiceThreshold) {
      this.#loudSince = null;
      return false;
    }
    this.#loudSince ??= now;
    if (now - this.#loudSince < wordMs || now - this.#remindedAt < remindEveryMs) return false;
    this.#remindedAt = now;
    return true;
  }
}
