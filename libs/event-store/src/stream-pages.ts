import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventLogReader, RecordedEvent, Revision, StreamName } from './event-store';

/** Events of a page: read and parsed in a few milliseconds also when each is a long text. */
const pageSize = 100;

/**
 * All events of a stream from a revision on, in order. Between two pages everybody else has a turn: a long stream does not
 * hold the thread.
 */
export async function* streamPages(
  reader: Pick<EventLogReader, 'readStream'>,
  stream: StreamName,
  from: Revision = 0n,
): AsyncGenerator<readonly RecordedEvent[], void> {
  for (let next = from; ;) {
    const events = await reader.readStream(stream, { from: next, maxCount: pageSize });
    const last = events.at(-1);
    if (last === undefined) return;
    yield events;
    if (events.length < pageSize) return;
    next = last.revision + 1n;
    await nextTurn();
  }
}

/** The same in one list. */
export async function wholeStream(
  reader: Pick<EventLogReader, 'readStream'>,
  stream: StreamName,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const page of streamPages(reader, stream)) events.push(...page);
  return events;
}
