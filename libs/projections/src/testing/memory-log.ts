import { GENESIS_HASH } from '@deskside/event-store';
import type {
  Envelope,
  EventId,
  EventLogReader,
  Position,
  ReadAllOptions,
  RecordedEvent,
  StreamName,
} from '@deskside/event-store';
import type { LogSource } from '../engine/projection-engine';
import type { SampleEvent } from './sample-history';

/** Positions that are no numbers, as those of a store may be. */
function positionOf(index: number): Position {
  return `C:${index * 7}/P:${index * 7}` as Position;
}

function indexOf(position: Position | null): number {
  return position === null ? 0 : Number(position.slice(2, position.indexOf('/'))) / 7;
}

/** A log for tests: what it was given, in that order. */
export class MemoryLog implements LogSource {
  readonly recorded: RecordedEvent[] = [];
  readonly #revisions = new Map<string, bigint>();
  readsOf: (string | null)[] = [];
  /** Runs before each page is read, e.g. to fail. */
  beforePage: () => void | Promise<void> = () => undefined;
  /** Runs when a page has been read and not yet handed out, e.g. to append behind it. */
  afterPage: () => void | Promise<void> = () => undefined;

  readonly reader: Pick<EventLogReader, 'readAll' | 'head' | 'comparePositions'> & EventLogReader = {
    readAll: async ({ after, maxCount = 1000 }: ReadAllOptions) => {
      await this.beforePage();
      this.readsOf.push(after);
      const events = this.recorded.slice(indexOf(after), indexOf(after) + maxCount);
      await this.afterPage();
      return { events, position: events.at(-1)?.position ?? after };
    },
    head: async () => this.head,
    comparePositions: (a, b) => indexOf(a) - indexOf(b),
    close: async () => undefined,
    eventAt: async (position) => this.recorded[indexOf(position) - 1] ?? null,
    readStream: () => Promise.reject(new Error('Projections read no streams.')),
    subscribeAll: () => Promise.reject(new Error('Projections are woken, they do not subscribe.')),
  };

  get head(): Position | null {
    return this.recorded.at(-1)?.position ?? null;
  }

  eventsBetween(after: Position | null, head: Position | null): number {
    return Math.max(0, indexOf(head) - indexOf(after));
  }

  /** @returns the new head. */
  append(...events: readonly SampleEvent[]): Position {
    for (const event of events) this.recorded.push(this.#record(event));
    return positionOf(this.recorded.length);
  }

  #record({ id, type, stream, occurredAt, actor, payload }: SampleEvent): RecordedEvent {
    const revision = (this.#revisions.get(stream) ?? -1n) + 1n;
    this.#revisions.set(stream, revision);
    const envelope: Envelope = {
      ...{ id: id as EventId, type, schemaVersion: 1, stream, revision: revision.toString(), occurredAt, actor },
      ...{ correlationId: 'c', causationId: null, commandId: 'c', commandType: 'T', siteId: 's' },
      ...{ writer: { version: '0.1.0', boot: 'b' }, payload },
    };
    const position = positionOf(this.recorded.length + 1);
    const body = JSON.stringify(envelope);
    return { id: id as EventId, type, body, hash: GENESIS_HASH, stream: stream as StreamName, revision, position };
  }
}
