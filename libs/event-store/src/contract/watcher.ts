import type { EventLogReader, Position, RecordedEvent, SubscribeAllOptions } from '../event-store';

/** A subscription that a test can wait on: for a number of events, or for a call of `onCaughtUp`. */
export class Watcher {
  readonly events: RecordedEvent[] = [];
  /** Positions that `onCaughtUp` gave, in order. */
  readonly caughtUp: (Position | null)[] = [];
  readonly ended: Promise<void>;
  readonly #abort = new AbortController();
  #waiting: (() => void)[] = [];

  constructor(reader: EventLogReader, options: Partial<Omit<SubscribeAllOptions, 'signal' | 'onCaughtUp'>> = {}) {
    const { onEvents } = options;
    this.ended = reader.subscribeAll({
      after: null,
      ...options,
      signal: this.#abort.signal,
      onEvents: async (events) => {
        await onEvents?.(events);
        this.events.push(...events);
        this.#changed();
      },
      onCaughtUp: (position) => {
        this.caughtUp.push(position);
        this.#changed();
      },
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  async hasEvents(count: number): Promise<void> {
    await this.#until(() => this.events.length >= count);
  }

  async hasCaughtUp(times: number): Promise<void> {
    await this.#until(() => this.caughtUp.length >= times);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.ended;
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #changed(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
