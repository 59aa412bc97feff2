import { createHash } from 'node:crypto';
import type { EventLogReader, EventStore, Position, RecordedEvent } from '@deskside/event-store';

/** Events of one stream that stand one behind the other in `$all` go as one append, up to this many. */
const AT_ONCE = 100;
const TELL_EVERY = 1000;

/** A copy that cannot be made or is not right, in a sentence for the operator. */
export class CopyRefused extends Error {}

export interface CopyFigures {
  /** Events that the target had already. */
  readonly there: number;
  readonly copied: number;
  readonly streams: number;
  /** SHA-256 over stream, revision, id and hash of every event in `$all` order: the same for both logs. */
  readonly digest: string;
}

interface Copy {
  readonly source: EventLogReader;
  readonly target: EventStore;
  readonly onProgress?: (events: number) => void;
}

/**
 * Copies a log with ids, revisions, bodies and hashes, in `$all` order. What the target has already must be the beginning
 * of the source, so a copy that was cut off goes on where it stood. At the end both are read again and compared, event by
 * event. Nobody may write to either meanwhile.
 */
export async function copyLog({ source, target, onProgress = () => undefined }: Copy): Promise<CopyFigures> {
  await refuseHoles(source);
  const there = allEvents(target);
  let [had, copied] = [0, 0];
  let isBehind = true;
  let batch: RecordedEvent[] = [];
  const flush = async (): Promise<void> => {
    await append(target, batch);
    copied += batch.length;
    batch = [];
  };
  for await (const event of allEvents(source)) {
    const known: IteratorResult<RecordedEvent, void> = isBehind ? await there.next() : { done: true, value: undefined };
    isBehind = known.done !== true;
    if (known.done !== true) {
      if (!isSame(event, known.value)) throw new CopyRefused(differs(event));
      had += 1;
    } else {
      if (!follows(batch, event)) await flush();
      batch.push(event);
    }
    if ((had + copied + batch.length) % TELL_EVERY === 0) onProgress(had + copied + batch.length);
  }
  await flush();
  return { there: had, copied, ...(await compare(source, target)) };
}

/** Every log numbers the events of a stream itself: behind one that is missing the others would get other numbers. */
async function refuseHoles(source: EventLogReader): Promise<void> {
  const next = new Map<string, bigint>();
  for await (const { stream, revision } of allEvents(source)) {
    if (revision !== (next.get(stream) ?? 0n))
      throw new CopyRefused(
        `Revision ${revision - 1n} of ${stream} is missing: a log in which an operator accepted such a loss stays where it is. Nothing was copied.`,
      );
    next.set(stream, revision + 1n);
  }
}

/** @throws CopyRefused at the first event that is not the same in both. */
async function compare(source: EventLogReader, target: EventLogReader): Promise<{ streams: number; digest: string }> {
  const digest = createHash('sha256');
  const streams = new Set<string>();
  const theirs = allEvents(target);
  for await (const event of allEvents(source)) {
    const { value, done } = await theirs.next();
    if (done === true || !isSame(event, value)) throw new CopyRefused(differs(event));
    digest.update(`${event.stream} ${event.revision} ${event.id} `).update(event.hash);
    streams.add(event.stream);
  }
  if ((await theirs.next()).done !== true)
    throw new CopyRefused('The target has events that the source has not. Copy into an empty log.');
  return { streams: streams.size, digest: digest.digest('hex') };
}

async function* allEvents(reader: EventLogReader): AsyncGenerator<RecordedEvent, void> {
  let after: Position | null = null;
  for (;;) {
    const { events, position }: Awaited<ReturnType<EventLogReader['readAll']>> = await reader.readAll({ after });
    yield* events;
    if (events.length === 0) return;
    after = position;
  }
}

async function append(target: EventStore, batch: readonly RecordedEvent[]): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  const expected = first.revision === 0n ? 'noStream' : first.revision - 1n;
  const result = await target.append(first.stream, batch, expected);
  if (result.ok) return;
  const reason = 'reason' in result ? result.reason : `the stream stands at ${result.actual ?? 'nothing'} there`;
  throw new CopyRefused(`Revision ${first.revision} of ${first.stream} could not be copied: ${reason}`);
}

function follows(batch: readonly RecordedEvent[], event: RecordedEvent): boolean {
  const last = batch.at(-1);
  return (
    last === undefined ||
    (batch.length < AT_ONCE && last.stream === event.stream && last.revision + 1n === event.revision)
  );
}

function isSame(a: RecordedEvent, b: RecordedEvent): boolean {
  return (
    a.stream === b.stream &&
    a.revision === b.revision &&
    a.id === b.id &&
    a.type === b.type &&
    a.body === b.body &&
    Buffer.compare(a.hash, b.hash) === 0
  );
}

function differs({ stream, revision }: RecordedEvent): string {
  return `Revision ${revision} of ${stream} is not the same in both logs, or stands elsewhere. Copy into an empty log.`;
}
