import type { AllStreamResolvedEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type {
  EventLogReader,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  StreamName,
} from '../event-store';
import type { ConnectionOptions } from './kurrent-connection';
import { KurrentConnection } from './kurrent-connection';
import { comparePlaces, fromPosition as placeOf, isBehind, toPosition } from './kurrent-position';
import { followAll } from './kurrent-subscription';
import type { FollowOptions } from './kurrent-subscription';
import { asUnsealed, toRecorded } from './server-event';

const PAGE = 1000;

interface Page {
  readonly events: readonly RecordedEvent[];
  readonly position: Position | null;
  readonly isEnd: boolean;
}

/** Reads over connections of its own; as many as there are threads. */
export async function openKurrentLogReader(options: ConnectionOptions): Promise<EventLogReader> {
  const open = (purpose: 'read' | 'follow'): Promise<KurrentConnection> => KurrentConnection.open(options, purpose);
  return new KurrentLogReader(await open('read'), await open('follow'));
}

/**
 * What reader and store share. Subscriptions have a connection of their own: a call that is thrown away with its client
 * must not end them. Reads ask the leader, so that what is decided upon is never older than what was acknowledged.
 */
export class KurrentLogReader implements EventLogReader {
  protected readonly reading: KurrentConnection;
  protected readonly following: KurrentConnection;
  readonly #running = new Set<Promise<void>>();
  readonly #end = new AbortController();

  constructor(reading: KurrentConnection, following: KurrentConnection) {
    this.reading = reading;
    this.following = following;
  }

  async readStream(stream: StreamName, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    const { from, direction = 'forwards', maxCount } = options;
    if (maxCount === 0) return [];
    const read = async (client: KurrentDBClient): Promise<RecordedEvent[]> => {
      const fromRevision = from ?? (direction === 'forwards' ? 'start' : 'end');
      const limit = maxCount === undefined ? {} : { maxCount };
      const events: RecordedEvent[] = [];
      for await (const { event } of client.readStream(stream, {
        ...{ fromRevision, direction, requiresLeader: true },
        ...limit,
      }))
        if (event !== undefined) events.push(toRecorded(event) ?? asUnsealed(event));
      return events;
    };
    try {
      return await this.reading.call(read, isAbsent);
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  }

  async readAll(options: ReadAllOptions): Promise<{ events: readonly RecordedEvent[]; position: Position | null }> {
    const { types, maxCount = PAGE } = options;
    const events: RecordedEvent[] = [];
    let position = options.after;
    for (let isEnd = false; !isEnd && events.length < maxCount;) {
      // With a filter most events of a page may drop out: it is read whole, and only as much is taken as fits.
      const page = await this.#page(position, types ? PAGE : maxCount - events.length);
      const taken = firstOf(page, types, maxCount - events.length);
      events.push(...taken.events);
      ({ position, isEnd } = taken);
    }
    return { events, position };
  }

  async subscribeAll(options: FollowOptions): Promise<void> {
    const signal = AbortSignal.any([options.signal, this.#end.signal]);
    const run = followAll(this.following, { ...options, signal });
    const settled = run.catch(() => undefined);
    this.#running.add(settled);
    try {
      await run;
    } finally {
      this.#running.delete(settled);
    }
  }

  async head(): Promise<Position | null> {
    const read = async (client: KurrentDBClient): Promise<Position | null> => {
      for await (const event of this.#all(client, { direction: 'backwards', fromPosition: 'end', maxCount: 1 }))
        if (event.event?.position !== undefined) return toPosition(event.event.position);
      return null;
    };
    return this.reading.call(read, () => false);
  }

  async eventAt(position: Position): Promise<RecordedEvent | null> {
    const read = async (client: KurrentDBClient): Promise<RecordedEvent | null> => {
      const options = { direction: 'forwards', fromPosition: placeOf(position), maxCount: 1 } as const;
      for await (const { event } of this.#all(client, options))
        if (event?.position !== undefined && toPosition(event.position) === position) return toRecorded(event);
      return null;
    };
    return this.reading.call(read, () => false);
  }

  comparePositions(a: Position, b: Position): number {
    return comparePlaces(placeOf(a), placeOf(b));
  }

  async close(): Promise<void> {
    this.#end.abort();
    await Promise.all([...this.#running]);
    await Promise.all([this.reading.close(), this.following.close()]);
  }

  /** `position` is that of the last event of the page, foreign ones included. */
  #page(after: Position | null, count: number): Promise<Page> {
    return this.reading.call(
      (client) => this.#readPage(client, after, count),
      () => false,
    );
  }

  /** Reading begins with the event at the position itself: one more is asked for, and that one is left out. */
  async #readPage(client: KurrentDBClient, after: Position | null, count: number): Promise<Page> {
    const fromPosition = after === null ? ('start' as const) : placeOf(after);
    const events: RecordedEvent[] = [];
    let [position, seen] = [after, 0];
    const options = { direction: 'forwards', fromPosition, maxCount: count + 1 } as const;
    for await (const { event } of this.#all(client, options)) {
      seen += 1;
      if (event?.position === undefined || !isBehind(event.position, position)) continue;
      if (events.length === count) return { events, position, isEnd: false };
      position = toPosition(event.position);
      const recorded = toRecorded(event);
      if (recorded !== null) events.push(recorded);
    }
    return { events, position, isEnd: seen <= count };
  }

  #all(
    client: KurrentDBClient,
    options: {
      readonly direction: 'forwards' | 'backwards';
      readonly fromPosition: 'start' | 'end' | { readonly commit: bigint; readonly prepare: bigint };
      readonly maxCount: number;
    },
  ): AsyncIterable<AllStreamResolvedEvent> {
    const filter = this.reading.package.excludeSystemEvents();
    return client.readAll({ ...options, filter, requiresLeader: true });
  }
}

/** The first `count` events of these types, and where to go on: behind the page, or behind the last that fitted. */
function firstOf(page: Page, types: readonly string[] | undefined, count: number): Page {
  const wanted = types === undefined ? page.events : page.events.filter(({ type }) => types.includes(type));
  if (wanted.length <= count) return { ...page, events: wanted };
  const events = wanted.slice(0, count);
  return { events, position: events.at(-1)?.position ?? page.position, isEnd: false };
}

/** A stream that does not exist reads as empty; that is an answer. */
function isAbsent(error: unknown): boolean {
  return (error as { type?: string } | null)?.type === 'stream-not-found';
}
