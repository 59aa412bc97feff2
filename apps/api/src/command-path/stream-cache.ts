import type { DomainEvent, Recorded } from '@deskside/domain';
import { GENESIS_HASH, wellFormedEnvelope } from '@deskside/event-store';
import type { Envelope, Position, RecordedEvent, StreamName } from '@deskside/event-store';
import type { SealedTextOrigins } from './sealed-text-origins';

/** What a command did before: a retry is answered from here. */
export interface KnownCommand {
  readonly type: string;
  readonly lastRevision: bigint;
  readonly position: Position;
}

/** A stream as this node last saw it. */
export interface LoadedStream<State> {
  readonly state: State;
  /** -1n when the stream does not exist. */
  readonly revision: bigint;
  readonly position: Position | null;
  readonly lastHash: Uint8Array;
  readonly lastOccurredAt: string;
  /** Grows in place: a loaded stream belongs to the cache alone. */
  readonly commands: Map<string, KnownCommand>;
}

/** Folds kept in memory, the least recently used dropped first. */
const streamsKept = 5000;
/** Commands remembered per stream; an older retry is still caught by its event ids in the store. */
const commandsKept = 2000;

export function emptyStream<State>(state: State): LoadedStream<State> {
  return { state, revision: -1n, position: null, lastHash: GENESIS_HASH, lastOccurredAt: '', commands: new Map() };
}

export function commandKey(actorId: string, commandId: string): string {
  return `${actorId} ${commandId}`;
}

/** An envelope as deciders see it. */
export function recordedOf({ type, payload, revision, occurredAt, actor }: Envelope): Recorded<DomainEvent> {
  return { type, payload, revision: Number(revision), occurredAt, actor: actor as Recorded<DomainEvent>['actor'] };
}

type Evolve<State> = (state: State, event: Recorded<never>) => State;

/** Folds hold texts only as they are sealed: an erasure changes none of them. */
export class StreamCache {
  readonly #streams = new Map<StreamName, LoadedStream<unknown>>();

  constructor(readonly origins: SealedTextOrigins) {}

  get<State>(stream: StreamName): LoadedStream<State> | undefined {
    const loaded = this.#streams.get(stream);
    if (loaded === undefined) return undefined;
    this.#streams.delete(stream);
    this.#streams.set(stream, loaded);
    return loaded as LoadedStream<State>;
  }

  set(stream: StreamName, loaded: LoadedStream<unknown>): void {
    this.#streams.delete(stream);
    this.#streams.set(stream, loaded);
    if (this.#streams.size <= streamsKept) return;
    const oldest = this.#streams.keys().next();
    if (!oldest.done) this.#streams.delete(oldest.value);
  }

  drop(stream: StreamName): void {
    this.#streams.delete(stream);
  }

  /** The stream with these events added. */
  advance<State>(
    loaded: LoadedStream<State>,
    events: readonly RecordedEvent[],
    evolve: Evolve<State>,
  ): LoadedStream<State> {
    if (events.length === 0) return loaded;
    let { state, revision, position, lastHash, lastOccurredAt } = loaded;
    const { commands } = loaded;
    for (const event of events) {
      ({ revision, position, hash: lastHash } = event);
      const envelope = wellFormedEnvelope(event);
      if (envelope === null) continue;
      this.origins.note(envelope.payload, envelope.id);
      state = evolve(state, recordedOf(envelope) as Recorded<never>);
      lastOccurredAt = envelope.occurredAt;
      const known = { type: envelope.commandType, lastRevision: revision, position: event.position };
      commands.set(commandKey(envelope.actor.id, envelope.commandId), known);
    }
    for (const key of commands.keys()) {
      if (commands.size <= commandsKept) break;
      commands.delete(key);
    }
    return { state, revision, position, lastHash, lastOccurredAt, commands };
  }
}
