import type { ListedEvent } from './event-list';
import { RevisionRanges } from './revision-ranges';
import type { RevisionRange } from './revision-ranges';

export interface Waiting extends ListedEvent {
  /** Where it stands among those that were listed, or among those that were met. */
  readonly at: number;
}

/**
 * Events that were listed and not met yet, or the other way round. Of the newest everything is known; the older ones, which
 * hardly wait for anything any more, are kept by their revisions alone, so that no log is too large.
 */
export class WaitingEvents {
  readonly #newest = new Map<string, Waiting>();
  readonly #older = new RevisionRanges();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#newest.size === 0 && this.#older.isEmpty;
  }

  add(event: Waiting): void {
    this.#newest.set(keyOf(event), event);
    if (this.#newest.size > this.#most) this.#ageHalf();
  }

  /** @returns `older` when no more is known of it; undefined when it does not wait */
  take(event: ListedEvent): Waiting | 'older' | undefined {
    const key = keyOf(event);
    const known = this.#newest.get(key);
    if (known === undefined) return this.#older.take(event.stream, event.revision) ? 'older' : undefined;
    this.#newest.delete(key);
    return known;
  }

  /** Those that nobody has come for, but for the newest from `end` on. Nothing can be added any more. */
  left(end = Infinity): Iterable<RevisionRange> {
    for (const [key, event] of this.#newest) if (event.at < end) this.#age(key, event);
    return this.#older;
  }

  /** Many at once: a map is slow to find its oldest entry where others have gone. */
  #ageHalf(): void {
    const end = this.#newest.size / 2;
    let aged = 0;
    for (const [key, event] of this.#newest) {
      if (aged++ >= end) return;
      this.#age(key, event);
    }
  }

  #age(key: string, { stream, revision }: Waiting): void {
    this.#newest.delete(key);
    this.#older.add(stream, revision);
  }
}

function keyOf({ stream, revision }: ListedEvent): string {
  return `${revision} ${stream}`;
}
