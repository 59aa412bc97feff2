/** The mark is renewed while somebody types, and goes out by itself when he stops. */
const renewEveryMs = 3_000;
const stopsAfterMs = 5_000;
/** A mark that is not renewed is gone for those who see it. */
export const markLastsMs = 6_000;

/** Says "is typing" seldom enough: at most once in three seconds, and once when it is over. */
export class TypingMark {
  readonly #signal: (to: string, typing: boolean) => void;
  #markedAt = -Infinity;
  #to = 'all';
  #stop: ReturnType<typeof setTimeout> | undefined;

  constructor(signal: (to: string, typing: boolean) => void) {
    this.#signal = signal;
  }

  typed(to: string): void {
    if (to !== this.#to) this.over();
    this.#to = to;
    clearTimeout(this.#stop);
    this.#stop = setTimeout(() => this.over(), stopsAfterMs);
    if (Date.now() - this.#markedAt < renewEveryMs) return;
    this.#markedAt = Date.now();
    this.#signal(to, true);
  }

  over(): void {
    clearTimeout(this.#stop);
    if (this.#markedAt === -Infinity) return;
    this.#markedAt = -Infinity;
    this.#signal(this.#to, false);
  }
}
