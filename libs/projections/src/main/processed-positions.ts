import type { EventLogReader, Position } from '@deskside/event-store';

interface Waiting {
  readonly names: readonly string[];
  readonly position: Position;
  readonly settle: (reached: boolean) => void;
}

/** How far each read model has committed, and who waits for it to come further. */
export class ProcessedPositions {
  readonly #log: Pick<EventLogReader, 'comparePositions'>;
  readonly #reached = new Map<string, Position>();
  /** Their files are behind what was told of them, or spoilt: whoever waits, waits for the file that comes. */
  readonly #held = new Set<string>();
  readonly #waiting = new Set<Waiting>();
  #closed = false;

  constructor(log: Pick<EventLogReader, 'comparePositions'>) {
    this.#log = log;
  }

  of(name: string): Position | null {
    return this.#reached.get(name) ?? null;
  }

  advance(names: readonly string[], position: Position): void {
    for (const name of names) {
      const before = this.#reached.get(name);
      if (before !== undefined && this.#log.comparePositions(before, position) > 0) continue;
      this.#reached.set(name, position);
      this.#held.delete(name);
    }
    for (const waiting of [...this.#waiting]) if (this.#has(waiting)) waiting.settle(true);
  }

  /** Until the model has committed again what was told of it. */
  hold(name: string): void {
    this.#held.add(name);
  }

  /** Another worker has the model, and its file stands here. */
  restart(name: string, position: Position | null): void {
    if (this.#reached.has(name)) this.hold(name);
    if (position !== null) this.advance([name], position);
  }

  /** @throws (rejects) when the position is not one of this log. */
  async when(names: readonly string[], position: Position, timeoutMs: number): Promise<boolean> {
    this.#log.comparePositions(position, position);
    if (this.#has({ names, position })) return true;
    if (this.#closed) return false;
    return new Promise((resolve) => {
      const settle = (reached: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        resolve(reached);
      };
      const waiting: Waiting = { names, position, settle };
      const timer = setTimeout(() => settle(false), timeoutMs);
      this.#waiting.add(waiting);
    });
  }

  close(): void {
    this.#closed = true;
    for (const waiting of [...this.#waiting]) waiting.settle(false);
  }

  #has({ names, position }: Pick<Waiting, 'names' | 'position'>): boolean {
    return names.every((name) => {
      const reached = this.#reached.get(name);
      return reached !== undefined && !this.#held.has(name) && this.#log.comparePositions(reached, position) >= 0;
    });
  }
}
