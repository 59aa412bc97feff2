/** Milliseconds after the one before: LiveKit shows somebody a moment after it has let them in, and may be slow. */
const pauses = [50, 450, 1000, 2500];

/**
 * Looks at a room after somebody has come in, in case nobody tells. One timer a room, however many come: a further
 * arrival begins anew with the short pauses, and never puts off a first look that waits already.
 */
export class Arrivals {
  readonly #waiting = new Map<string, { readonly next: number; readonly timer: NodeJS.Timeout }>();

  constructor(private readonly look: (room: string) => void) {}

  expect(room: string): void {
    const waiting = this.#waiting.get(room);
    if (waiting?.next === 0) return;
    clearTimeout(waiting?.timer);
    this.#wait(room, 0);
  }

  close(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #wait(room: string, next: number): void {
    const pause = pauses[next];
    if (pause === undefined) return void this.#waiting.delete(room);
    const timer = setTimeout(() => {
      this.#wait(room, next + 1);
      this.look(room);
    }, pause).unref();
    this.#waiting.set(room, { next, timer });
  }
}
