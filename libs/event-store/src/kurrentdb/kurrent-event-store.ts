import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  LogIntegrity,
  LogTrouble,
  Position,
  RecordedEvent,
  Revision,
  SealedEvent,
  StreamName,
} from '../event-store';
import { LogUnavailable } from '../event-store';
import { sentenceOf } from '../integrity';
import { acceptedUpTo, isAcceptedToBeMissing } from './accepted-place';
import { ChainCheck } from './chain-check';
import { KurrentAppender } from './kurrent-appender';
import { KurrentConnection } from './kurrent-connection';
import type { ConnectionOptions } from './kurrent-connection';
import { KurrentLogReader } from './kurrent-log-reader';
import { mayFollowAll } from './kurrent-subscription';
import { isTooOld, serverVersion } from './log-server-version';
import { NodeNotes } from './node-notes';
import type { NoteFiles } from './node-notes';
import { StreamIds } from './stream-ids';

/** Largest body unless set otherwise: a little under the 1 MiB that a server takes in one append by its own standard. */
const MAX_EVENT_BYTES = 1024 * 1024 - 4096;
/** A start waits this long for the check of what has come since the last one, ms; then it goes on beside. */
const CHECK_AT_START_MS = 10_000;

export interface KurrentEventStoreOptions extends ConnectionOptions, NoteFiles {
  /** Largest body of one event, bytes of UTF-8; the server has a limit of its own for a whole append. */
  readonly maxEventBytes?: number;
}

/**
 * The log on a KurrentDB server or cluster, which any number of nodes share.
 * @throws LogUnavailable with one sentence: not reached, not trusted, not let in, or a server that is too old.
 */
export async function openKurrentEventStore(options: KurrentEventStoreOptions): Promise<EventStore> {
  const [appending, reading, following] = await Promise.all([
    KurrentConnection.open(options, 'append'),
    KurrentConnection.open(options, 'read'),
    KurrentConnection.open(options, 'follow'),
  ]);
  const store = new KurrentEventStore({ appending, reading, following }, options);
  try {
    await store.begin();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Connections {
  readonly appending: KurrentConnection;
  readonly reading: KurrentConnection;
  readonly following: KurrentConnection;
}

class KurrentEventStore extends KurrentLogReader implements EventStore {
  readonly #appending: KurrentConnection;
  readonly #appender: KurrentAppender;
  readonly #ids = new StreamIds(this);
  readonly #notes: NodeNotes;
  readonly #maxEventBytes: number;
  readonly #listeners = new Set<(head: Position) => void>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #end = new AbortController();
  #check: ChainCheck = new ChainCheck(this, null);
  #watching: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(connections: Connections, options: KurrentEventStoreOptions) {
    super(connections.reading, connections.following);
    this.#appending = connections.appending;
    this.#maxEventBytes = options.maxEventBytes ?? MAX_EVENT_BYTES;
    this.#notes = new NodeNotes(options);
    this.#appender = new KurrentAppender(this.#appending, this.#ids, (stream, revision) =>
      this.#positionOf(stream, revision),
    );
  }

  /** Looks whether the server can be used, then follows the log for the check of its hashes and for those who are woken. */
  async begin(): Promise<void> {
    const version = await this.#appending.probe(serverVersion);
    if (isTooOld(version)) throw new LogUnavailable(tooOld(version, this.#appending.address.shown));
    await this.following.probe(mayFollowAll);
    const from = await this.#checkedUpTo();
    this.#check = new ChainCheck(this, from);
    if (this.#notes.isNoting) await this.#lookAtHead();
    let checked: () => void = () => undefined;
    const atEnd = new Promise<void>((resolve) => (checked = resolve));
    this.#watching = this.#watch(from, () => checked());
    const timer = setTimeout(() => checked(), CHECK_AT_START_MS);
    await atEnd;
    clearTimeout(timer);
  }

  append(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    if (this.#closing) return Promise.reject(new Error('The event log is closed.'));
    const appending = this.#append(stream, events, expected);
    const settled = appending.catch(() => undefined);
    this.#underWay.add(settled);
    void settled.then(() => this.#underWay.delete(settled));
    return appending;
  }

  integrity(): LogIntegrity {
    return this.#check.integrity;
  }

  distrust(reason: string): void {
    this.#check.distrust(reason);
  }

  trouble(): LogTrouble | null {
    const { reading, following } = this;
    return reading.trouble ?? following.trouble ?? this.#appending.trouble ?? this.#appender.trouble;
  }

  onCommitted(listener: (head: Position) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  override close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #append(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    const integrity = this.integrity();
    if (integrity.status === 'damaged') return { ok: false, code: 'LOG_READ_ONLY', reason: integrity.reason };
    if (events.length === 0) return this.#nothing(stream);
    const bytes = Math.max(...events.map(({ body }) => Buffer.byteLength(body)));
    if (bytes > this.#maxEventBytes) {
      const reason = `An event of ${bytes} bytes is larger than the ${this.#maxEventBytes} that the log takes.`;
      return { ok: false, code: 'EVENT_TOO_LARGE', reason };
    }
    const result = await this.#appender.append(stream, events, expected);
    this.#look(result, events.at(-1));
    return result;
  }

  /** A stream that was deleted at the server has lost its events: the log is damaged for whoever asks. */
  #look(result: AppendResult, last: SealedEvent | undefined): void {
    if (result.ok && last !== undefined) this.#notes.appended({ position: result.position, hash: last.hash });
    if (!result.ok && result.code === 'LOG_READ_ONLY') this.distrust(result.reason);
  }

  /** An empty append writes nothing: vacuously all its events are there already. */
  async #nothing(stream: StreamName): Promise<AppendResult> {
    const [last] = await this.readStream(stream, { direction: 'backwards', maxCount: 1 });
    const position = last?.position ?? (await this.head()) ?? ('0/0' as Position);
    return { ok: true, position, lastRevision: last?.revision ?? -1n, alreadyThere: true };
  }

  async #positionOf(stream: StreamName, revision: Revision): Promise<Position> {
    const [event] = await this.readStream(stream, { from: revision, maxCount: 1 });
    if (event === undefined) throw new Error(`Revision ${revision} of ${stream} was acknowledged and is not there.`);
    return event.position;
  }

  /** Ends with the store. A check that could not read back what it needed goes on where it stood. */
  async #watch(after: Position | null, checked: () => void): Promise<void> {
    const { signal } = this.#end;
    let position = after;
    const follow = (): Promise<void> =>
      this.subscribeAll({
        after: position,
        signal,
        onForeign: (event) => this.#check.takeForeign(event),
        onEvents: async (events) => {
          await this.#check.take(events);
          position = events.at(-1)?.position ?? position;
          this.#noteHead(events.at(-1));
          this.#tell(position);
          if (this.integrity().status === 'damaged') checked();
        },
        onCaughtUp: (end) => {
          this.#check.caughtUp(end);
          this.#notes.noteCheckedNowAndThen(this.#verified());
          checked();
        },
      });
    for (let failures = 0; !signal.aborted; failures++) {
      if (failures > 0) await this.following.pause(failures);
      await follow().catch(() => undefined);
    }
  }

  /** Whoever accepts a loss has had all of the log audited, and what was accepted is not found once more. */
  async #checkedUpTo(): Promise<Position | null> {
    const head = await this.head();
    if (!this.#notes.isNoting) return head;
    const marked = this.#notes.checkedUpTo();
    const noted = marked !== null && head !== null && this.comparePositions(marked, head) <= 0 ? marked : null;
    return (await acceptedUpTo(this, noted)) ?? noted;
  }

  /** A server that was put back, or lost its newest events, does not have the event that this node has seen last. */
  async #lookAtHead(): Promise<void> {
    const known = this.#notes.newest();
    const found = known === null ? null : await this.eventAt(known.position as Position);
    const isMissing = known !== null && (found === null || Buffer.compare(found.hash, known.hash) !== 0);
    if (isMissing && !(await isAcceptedToBeMissing(this, known.position)))
      return this.distrust(sentenceOf({ kind: 'noHead', position: known.position, end: await this.head() }));
    this.#notes.beginHead();
  }

  #noteHead(event: RecordedEvent | undefined): void {
    if (event !== undefined && this.integrity().status !== 'damaged') this.#notes.noteHead(event);
  }

  #tell(head: Position | null): void {
    if (head !== null) for (const listener of this.#listeners) listener(head);
  }

  #verified(): Position | null {
    const integrity = this.integrity();
    return integrity.status === 'damaged' ? null : integrity.verifiedUpTo;
  }

  /** The appends that were given are settled first, then the subscriptions end. */
  async #close(): Promise<void> {
    await Promise.all([...this.#underWay]);
    this.#end.abort();
    await super.close();
    await this.#appending.close();
    await this.#watching;
    this.#notes.close(this.#verified());
  }
}

function tooOld(version: string, shown: string): LogTrouble {
  const sentence = `The server of the event log at ${shown} is too old (version ${version}). Deskside needs KurrentDB, or EventStoreDB 23.10 or newer.`;
  return { code: 'LOG_SERVER_TOO_OLD', sentence };
}
