import type { ErasedKey } from '@deskside/domain';
import { streamPages } from '@deskside/event-store';
import type { EventStore, StreamName } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import { LiveEvent } from './live-event';

/**
 * How long what was read is kept for the next feed, milliseconds: long enough for everybody who comes back, at once or after
 * some tries, so that a long past is not read and opened anew for each.
 */
export const keptFor = 30_000;
/** Events kept of all streams together. */
export const eventsKept = 50_000;
/** The same in characters as they are sealed; opened they take about as much once more. */
export const charactersKept = 32 * 1024 * 1024;

interface History {
  readonly events: LiveEvent[];
  characters: number;
  /** Revision up to which the stream was read; -1n for nothing. */
  last: bigint;
  usedAt: number;
  /** Reads of one stream come one after the other: the second has little left to read. */
  reading: Promise<void>;
}

/**
 * The past of streams whose feeds are being opened. Feeds that are opened at about the same time share one read, one
 * parsing and one opening of names; each still sees everything that was in the log when it asked.
 */
export class StreamHistories {
  #kept = new Map<StreamName, History>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: Pick<EventStore, 'readStream'>,
    private readonly vault: Vault,
  ) {}

  /** Events in memory; for tests. */
  get size(): number {
    return [...this.#kept.values()].reduce((sum, { events }) => sum + events.length, 0);
  }

  /** All events of the stream that are in the log now, and the revision of the last one. */
  async read(stream: StreamName): Promise<{ readonly events: readonly LiveEvent[]; readonly last: number }> {
    const history = this.#historyOf(stream);
    history.reading = history.reading.then(
      () => this.#extend(stream, history),
      () => this.#extend(stream, history),
    );
    await history.reading;
    this.#tidyLater();
    return { events: [...history.events], last: Number(history.last) };
  }

  /** After these keys were destroyed: nothing that was opened with them may be given out again. */
  forget(keys: readonly ErasedKey[]): void {
    for (const { events } of this.#kept.values()) for (const event of events) event.forget(keys);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#kept = new Map();
  }

  #historyOf(stream: StreamName): History {
    const history = this.#kept.get(stream) ?? {
      ...{ events: [], characters: 0, last: -1n },
      ...{ usedAt: 0, reading: Promise.resolve() },
    };
    history.usedAt = performance.now();
    this.#kept.delete(stream);
    this.#kept.set(stream, history);
    return history;
  }

  async #extend(stream: StreamName, history: History): Promise<void> {
    for await (const recorded of streamPages(this.store, stream, history.last + 1n)) {
      for (const event of LiveEvent.from(recorded, this.vault)) history.events.push(event);
      for (const { body } of recorded) history.characters += body.length;
      history.last = recorded.at(-1)?.revision ?? history.last;
    }
  }

  #tidyLater(): void {
    this.#timer ??= setTimeout(() => this.#tidy(), keptFor).unref();
    while (this.#kept.size > 1 && this.#isTooMuch) this.#dropOldest();
  }

  #tidy(): void {
    this.#timer = undefined;
    const longAgo = performance.now() - keptFor;
    for (const [stream, { usedAt }] of this.#kept) if (usedAt <= longAgo) this.#kept.delete(stream);
    if (this.#kept.size > 0) this.#tidyLater();
  }

  get #isTooMuch(): boolean {
    const characters = [...this.#kept.values()].reduce((sum, history) => sum + history.characters, 0);
    return this.size > eventsKept || characters > charactersKept;
  }

  #dropOldest(): void {
    const oldest = this.#kept.keys().next();
    if (oldest.done !== true) this.#kept.delete(oldest.value);
  }
}
