import { randomUUID } from 'node:crypto';

/** An event as the double keeps it: what was proposed, and where it stands. */
export interface StoredEvent {
  readonly stream: string;
  readonly revision: bigint;
  /** Place in `$all`; grows with what was written, as a place in a file does. */
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export type ProposedEvent = Pick<StoredEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type ProposedRevision = 'any' | 'noStream' | 'streamExists' | bigint;
export type Written =
  | { readonly ok: true; readonly lastRevision: bigint; readonly position: bigint }
  | { readonly ok: false; readonly actual: bigint | null };

/** What a log file has before its first event. */
const HEADER_BYTES = 128n;
const RECORD_BYTES = 97n;

/** Streams and `$all` in memory. Listeners hear of each event once, in order, after it is readable. */
export class MemoryLog {
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly all: StoredEvent[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #deleted = new Set<string>();
  #end = HEADER_BYTES;

  stream(name: string): readonly StoredEvent[] | undefined {
    return this.#streams.get(name);
  }

  onGrowth(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  write(name: string, events: readonly ProposedEvent[], expected: ProposedRevision): Written {
    const stream = this.#streams.get(name) ?? [];
    const actual = lastRevision(stream);
    const already = idempotent(stream, events, expected);
    if (already !== undefined) return this.#written(already);
    if (!meets(actual, expected)) return { ok: false, actual: actual < 0n ? null : actual };
    this.#streams.set(name, stream);
    for (const event of events) this.#add(stream, name, event);
    for (const listener of [...this.#listeners]) listener();
    return this.#written(stream.at(-1));
  }

  /** An event of the server's own, such as its statistics: subscriptions and pages that exclude them pass it by. */
  writeSystemEvent(): void {
    const data = Buffer.from('{}');
    const event = { id: randomUUID(), type: '$statsCollected', contentType: 'application/json' };
    this.write('$stats-127.0.0.1:2113', [{ ...event, data, metadata: new Uint8Array() }], 'any');
  }

  /** Goes back to before its newest events, as a server does that was put back from a backup. */
  lose(count: number): void {
    const lost = this.all.splice(-count);
    for (const { stream } of lost) this.#streams.get(stream)?.pop();
    this.#end = lost[0]?.position ?? this.#end;
  }

  /** As somebody does who can write into the server's files. */
  takeOut(name: string, revision: bigint): void {
    for (const events of [this.all, this.#streams.get(name) ?? []]) {
      const at = events.findIndex((event) => event.stream === name && event.revision === revision);
      events.splice(at, 1);
    }
  }

  /** For good, by an administrator of the server; its events stay in `$all` until the server tidies up. */
  deleteStream(name: string): void {
    this.#deleted.add(name);
  }

  isDeleted(name: string): boolean {
    return this.#deleted.has(name);
  }

  #written(last: StoredEvent | undefined): Written {
    return { ok: true, lastRevision: last?.revision ?? -1n, position: last?.position ?? this.#end };
  }

  #add(stream: StoredEvent[], name: string, event: ProposedEvent): void {
    const stored = { ...event, stream: name, revision: lastRevision(stream) + 1n, position: this.#end };
    this.#end += RECORD_BYTES + BigInt(event.data.length + event.metadata.length);
    stream.push(stored);
    this.all.push(stored);
  }
}

/** Also of a stream from which something was taken out. */
function lastRevision(stream: readonly StoredEvent[]): bigint {
  return stream.at(-1)?.revision ?? -1n;
}

function meets(actual: bigint, expected: ProposedRevision): boolean {
  if (expected === 'any') return true;
  if (expected === 'noStream') return actual < 0n;
  return expected === 'streamExists' ? actual >= 0n : actual === expected;
}

/** The server's own rule: the same ids behind an exact expected revision are a success, whatever their bytes. */
function idempotent(
  stream: readonly StoredEvent[],
  events: readonly ProposedEvent[],
  expected: ProposedRevision,
): StoredEvent | undefined {
  const from = expected === 'noStream' ? 0 : typeof expected === 'bigint' ? Number(expected) + 1 : undefined;
  if (from === undefined || events.length === 0) return undefined;
  const there = stream.slice(from, from + events.length);
  if (there.length < events.length || !there.every(({ id }, at) => id === events[at]?.id)) return undefined;
  return there.at(-1);
}
