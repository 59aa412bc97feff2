declare const brand: unique symbol;

/** Name of a stream, `<category>-<id>` or a single word; never holds personal data. */
export type StreamName = string & { readonly [brand]: 'StreamName' };

/** Place of an event in its stream, from 0n without a gap. */
export type Revision = bigint;

/** Place of an event in `$all`. Opaque: only the store that gave it compares it; it can be stored and given back. */
export type Position = string & { readonly [brand]: 'Position' };

/** UUID of an event in the canonical lower-case form with hyphens. */
export type EventId = string & { readonly [brand]: 'EventId' };

/** An event as it is stored: the bytes decide, the other fields are read from them or computed over them. */
export interface SealedEvent {
  readonly id: EventId;
  readonly type: string;
  /** Exact JSON text of the envelope; stored as UTF-8 and given back letter for letter. */
  readonly body: string;
  /** SHA-256(hash of the previous event of the stream ‖ UTF-8 of body), 32 bytes. */
  readonly hash: Uint8Array;
}

export interface RecordedEvent extends SealedEvent {
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly position: Position;
}

/** `any`: no check; `noStream`: the stream must not exist; `streamExists`: it must; a revision: its last event must be that one. */
export type ExpectedRevision = 'any' | 'noStream' | 'streamExists' | Revision;

export type AppendResult =
  /** Durable. `alreadyThere`: every id of the batch stood in the stream already, in this order; nothing was written. */
  | { readonly ok: true; readonly position: Position; readonly lastRevision: Revision; readonly alreadyThere: boolean }
  /** The stream stands elsewhere: `actual` is its last revision, null when it does not exist. */
  | { readonly ok: false; readonly code: 'REVISION_CONFLICT'; readonly actual: Revision | null }
  /** The log takes no writes: it is damaged, as `integrity` says as well, or its disk is full. Nothing was written. */
  | { readonly ok: false; readonly code: 'LOG_READ_ONLY' | 'LOG_DISK_FULL'; readonly reason: string }
  /**
   * No answer in time, or the medium, a lock or a right is in the way: whether anything was written is unknown. The same events
   * appended again settle it.
   */
  | { readonly ok: false; readonly code: 'LOG_UNAVAILABLE'; readonly reason: string }
  /** One of the events is larger than the store takes, or its id stands in another place of the log. */
  | { readonly ok: false; readonly code: 'EVENT_TOO_LARGE' | 'EVENT_ID_TAKEN'; readonly reason: string };

export interface ReadStreamOptions {
  /** First revision to read (inclusive); the start when absent. Backwards: the end when absent. */
  readonly from?: Revision;
  readonly direction?: 'forwards' | 'backwards';
  readonly maxCount?: number;
}

export interface ReadAllOptions {
  /** Exclusive; the start of the log when null. */
  readonly after: Position | null;
  readonly maxCount?: number;
  /** Only events of these types; all when absent. */
  readonly types?: readonly string[];
}

export interface SubscribeAllOptions {
  /** Exclusive; the start of the log when null. */
  readonly after: Position | null;
  readonly types?: readonly string[];
  /** Ends the subscription and frees all it held. */
  readonly signal: AbortSignal;
  /**
   * Events in `$all` order, each once; the next batch comes when the promise settles. A rejection ends the subscription
   * with that error.
   */
  readonly onEvents: (events: readonly RecordedEvent[]) => void | Promise<void>;
  /** Once each time the subscription reaches the end after having been behind it; `position` covers filtered events too. */
  readonly onCaughtUp?: (position: Position | null) => void | Promise<void>;
}

/**
 * Reads the log. Any number of threads may each hold one. A read that gets no answer in time, from a server or from a file that
 * another process has locked, rejects with LogUnavailable; a subscription waits and goes on by itself.
 */
export interface EventLogReader {
  /** Events of one stream as they stood when the read began; empty when it does not exist. */
  readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;
  /** One page of `$all`. `position` is where to go on, past events that the filter dropped. */
  readAll(
    options: ReadAllOptions,
  ): Promise<{ readonly events: readonly RecordedEvent[]; readonly position: Position | null }>;
  /**
   * Settles when the subscription has ended: resolves after an abort, rejects with what `onEvents` threw. At least once
   * over crashes (the caller keeps the checkpoint), exactly once and in order within one call: a dropped connection
   * below it is mended inside, without a gap or a repeat.
   */
  subscribeAll(options: SubscribeAllOptions): Promise<void>;
  /** Position of the newest event; null in an empty log. */
  head(): Promise<Position | null>;
  /** The event that stands exactly there; null when none does. */
  eventAt(position: Position): Promise<RecordedEvent | null>;
  /** Negative, zero or positive as `a` stands before, at or after `b`. */
  comparePositions(a: Position, b: Position): number;
  close(): Promise<void>;
}

/**
 * The one log. An append is acknowledged only when it is durable; a batch is there whole or not at all. The same ids
 * appended again to the same stream answer `alreadyThere`, whatever the expectation. An id has its stream's name in it
 * (`eventIdFor`); an adapter with an index of ids refuses one that stands in another stream too.
 */
export interface EventStore extends EventLogReader {
  append(stream: StreamName, events: readonly SealedEvent[], expected: ExpectedRevision): Promise<AppendResult>;
  /** What is known of the log's hashes and checkpoints; while it is `damaged` appends are refused. */
  integrity(): LogIntegrity;
  /** From now on the log is damaged, as somebody found who knows more of it: another place names events that it lacks. */
  distrust(reason: string): void;
  /** Why the log cannot be read or written just now, in a sentence for the operator; null when nothing is known against it. */
  trouble(): LogTrouble | null;
  /** Calls back with the new head once the log has grown: what other threads' readers are woken with. @returns how to stop. */
  onCommitted(listener: (head: Position) => void): () => void;
}

export interface LogTrouble {
  readonly code:
    | 'LOG_UNAVAILABLE'
    | 'LOG_UNTRUSTED'
    | 'LOG_CREDENTIALS_REFUSED'
    | 'LOG_FORBIDDEN'
    | 'LOG_SERVER_TOO_OLD'
    | 'LOG_OF_ANOTHER_SITE'
    | 'LOG_DISK_FULL';
  readonly sentence: string;
}

/** The log gave no answer in time; the message is one sentence for the operator. */
export class LogUnavailable extends Error {
  readonly code: LogTrouble['code'];

  constructor({ code, sentence }: LogTrouble, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'LogUnavailable';
    this.code = code;
  }
}

export type LogIntegrity =
  | { readonly status: 'verifying'; readonly verifiedUpTo: Position | null }
  | { readonly status: 'whole'; readonly verifiedUpTo: Position | null }
  | LogDamage;

/** The log is not as it was written, and takes no more events. */
export interface LogDamage {
  readonly status: 'damaged';
  /** The first event that is not right; null when it is not about one event, such as a log that became shorter. */
  readonly place: {
    readonly stream: StreamName;
    readonly revision: Revision;
    readonly what: 'missing' | 'changed' | 'moved' | 'inserted';
  } | null;
  /** What is wrong, in a sentence or a few for the operator. */
  readonly reason: string;
}
