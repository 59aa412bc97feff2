import type { RecordedEvent } from '../event-store';

const EVENTS_KEPT = 4096;
const CHARACTERS_KEPT = 8_000_000;

/**
 * The newest durable events in memory, in `$all` order without gaps, for subscribers that keep up. Whoever stands before
 * its first event reads the file instead.
 */
export class CommittedTail {
  #events: RecordedEvent[] = [];
  /** Position before the first kept event. */
  #before: bigint;
  #characters = 0;

  constructor(head: bigint) {
    this.#before = head;
  }

  /** `last` is the position of the last of these events; they follow the kept ones directly. */
  push(events: readonly RecordedEvent[], last: bigint): void {
    for (const event of events) {
      this.#events.push(event);
      this.#characters += event.body.length;
    }
    if (this.#events.length > 2 * EVENTS_KEPT || this.#characters > 2 * CHARACTERS_KEPT) this.#trim();
    this.#before = last - BigInt(this.#events.length);
  }

  /** Events up to `head` stand in the file that were not pushed here: whoever is before it reads them there. */
  skipTo(head: bigint): void {
    this.#events = [];
    this.#characters = 0;
    this.#before = head;
  }

  /** Up to `limit` events after `position`; undefined when some of them are no longer kept. */
  after(position: bigint, limit: number): readonly RecordedEvent[] | undefined {
    if (position < this.#before) return undefined;
    const skip = position - this.#before;
    if (skip >= BigInt(this.#events.length)) return [];
    return this.#events.slice(Number(skip), Number(skip) + limit);
  }

  #trim(): void {
    let first = Math.max(0, this.#events.length - EVENTS_KEPT);
    let characters = 0;
    for (let at = this.#events.length - 1; at >= first; at--) {
      characters += this.#events[at]?.body.length ?? 0;
      if (characters > CHARACTERS_KEPT) first = at + 1;
    }
    this.#events = this.#events.slice(first);
    this.#characters = this.#events.reduce((sum, event) => sum + event.body.length, 0);
  }
}
