import type { EventId, EventLogReader, Position, Revision, StreamName } from '../event-store';

const IDS_KEPT = 50_000;

/** Ids that one stream holds, from its first event up to `last`. */
interface KnownStream {
  last: Revision;
  readonly revisions: Map<EventId, Revision>;
}

/** Where the events of an append stand in their stream already. */
export type Found =
  | { readonly kind: 'none'; readonly last: Revision | null }
  | { readonly kind: 'all'; readonly lastRevision: Revision; readonly position: Position }
  | { readonly kind: 'part'; readonly revision: Revision };

/**
 * Looks for ids in a stream: the server finds them only where the expected revision says. A stream is read once and then
 * only on; what this node wrote itself is known without reading. Streams used longest ago are forgotten first.
 */
export class StreamIds {
  readonly #reader: Pick<EventLogReader, 'readStream'>;
  readonly #streams = new Map<StreamName, KnownStream>();
  #kept = 0;

  constructor(reader: Pick<EventLogReader, 'readStream'>) {
    this.#reader = reader;
  }

  /** These ids were written, the last of them at `lastRevision`. */
  wrote(stream: StreamName, ids: readonly EventId[], lastRevision: Revision): void {
    const first = lastRevision - BigInt(ids.length) + 1n;
    const known = this.#streams.get(stream) ?? { last: -1n, revisions: new Map<EventId, Revision>() };
    if (known.last + 1n !== first) return; // there is something between that only reading can tell
    ids.forEach((id, at) => known.revisions.set(id, first + BigInt(at)));
    known.last = lastRevision;
    this.#use(stream, known, ids.length);
  }

  /** @param actual where the stream stands, if the server has just said so; null: it does not exist. */
  async find(stream: StreamName, ids: readonly EventId[], actual?: Revision | null): Promise<Found> {
    if (actual === null) return { kind: 'none', last: null };
    const known = await this.#upTo(stream, actual);
    const places = ids.map((id) => known.revisions.get(id));
    const found = places.filter((place) => place !== undefined);
    const lastRevision = found.at(-1);
    if (lastRevision === undefined) return { kind: 'none', last: known.last < 0n ? null : known.last };
    const isInOrder = found.every((place, at) => at === 0 || place > (found[at - 1] ?? place));
    if (found.length < ids.length || !isInOrder) return { kind: 'part', revision: lastRevision };
    const [event] = await this.#reader.readStream(stream, { from: lastRevision, maxCount: 1 });
    if (event === undefined) throw new Error(`Revision ${lastRevision} of ${stream} was there and is not any more.`);
    return { kind: 'all', lastRevision, position: event.position };
  }

  async #upTo(stream: StreamName, actual: Revision | undefined): Promise<KnownStream> {
    const known = this.#streams.get(stream) ?? { last: -1n, revisions: new Map<EventId, Revision>() };
    if (actual !== undefined && known.last === actual) return known;
    const before = known.revisions.size;
    for (const { id, revision } of await this.#reader.readStream(stream, { from: known.last + 1n })) {
      if (revision <= known.last) continue; // what this node wrote meanwhile
      known.last = revision;
      known.revisions.set(id, revision);
    }
    this.#use(stream, known, known.revisions.size - before);
    return known;
  }

  #use(stream: StreamName, known: KnownStream, added: number): void {
    this.#kept += added;
    this.#streams.delete(stream);
    this.#streams.set(stream, known);
    for (const [oldest, { revisions }] of this.#streams) {
      if (this.#kept <= IDS_KEPT) return;
      this.#streams.delete(oldest);
      this.#kept -= revisions.size;
    }
  }
}
