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
      if (before === undefined || this.#log.comparePositions(before, position) < 0) this.#reached.set(name, position);
    }
    for (const waiting of [...this.#waiting]) if (this.#has(waiting)) waiting.settle(true);
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
      return reached !== undefined && this.#log.comparePositions(reached, position) >= 0;
    });
  }
}
