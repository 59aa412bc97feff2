import type { EventStore, RecordedEvent, StreamName } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import { LiveEvent } from './live-event';

type Listener = (event: LiveEvent) => void;

/**
 * The `$all` feed inside this node, routed by stream and by type; nobody filters all events for himself. Delivery is in
 * order; listeners must not throw or wait. It begins at the head: whoever needs the past reads it.
 */
export class EventHub {
  readonly #byStream = new Map<StreamName, Set<Listener>>();
  readonly #byType = new Map<string, Set<Listener>>();
  readonly #resets = new Map<StreamName, Set<() => void>>();
  readonly #end = new AbortController();

  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
  ) {}

  /** Settles when the hub was closed; rejects when the log could not be followed. */
  async run(): Promise<void> {
    await this.store.subscribeAll({
      after: await this.store.head(),
      signal: this.#end.signal,
      onEvents: (events) => {
        for (const event of events) this.#deliver(event);
      },
    });
  }

  close(): void {
    this.#end.abort();
  }

  onStream(stream: StreamName, listener: Listener): () => void {
    return add(this.#byStream, stream, listener);
  }

  onType(type: string, listener: Listener): () => void {
    return add(this.#byType, type, listener);
  }

  /** Called when something in the stream was erased and watchers must begin again. */
  onReset(stream: StreamName, listener: () => void): () => void {
    return add(this.#resets, stream, listener);
  }

  reset(stream: StreamName): void {
    for (const listener of this.#resets.get(stream) ?? []) listener();
  }

  /** Feeds being watched, for /metrics. */
  get watched(): number {
    return [...this.#byStream.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }

  #deliver(recorded: RecordedEvent): void {
    const ofStream = this.#byStream.get(recorded.stream);
    const ofType = this.#byType.get(recorded.type);
    if (ofStream === undefined && ofType === undefined) return;
    for (const event of LiveEvent.from([recorded], this.vault))
      for (const listener of [...(ofStream ?? []), ...(ofType ?? [])]) listener(event);
  }
}

function add<Key, L>(map: Map<Key, Set<L>>, key: Key, listener: L): () => void {
  const listeners = map.get(key) ?? new Set();
  map.set(key, listeners.add(listener));
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && map.get(key) === listeners) map.delete(key);
  };
}
