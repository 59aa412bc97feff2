import { formatSessionNumber } from '@deskside/domain';
import { printable, readableEnvelope, wellFormedEnvelope } from '@deskside/event-store';
import type { EventLogReader, Position, RecordedEvent } from '@deskside/event-store';

/** So many are named; an operator can find the others in the list of sessions. */
const mostNamed = 10;
const types = ['SessionStarted', 'SessionEnded'];
const pageSize = 1000;

/**
 * Which sessions are open in the log as it stands, in a sentence for the operator: one whose ending was lost is open again.
 * Null when none is.
 */
export async function openSessionsIn(log: Pick<EventLogReader, 'readAll'>): Promise<string | null> {
  const open = new Map<string, string>();
  let after: Position | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof log.readAll>> = await log.readAll({ after, types, maxCount: pageSize });
    for (const event of page.events) {
      if (event.type === 'SessionStarted') open.set(event.stream, numberIn(event));
      // An end that cannot be read, or has another form, ends nothing: commands pass it by too.
      else if (wellFormedEnvelope(event) !== null) open.delete(event.stream);
    }
    if (page.events.length < pageSize) break;
    after = page.position;
  }
  return open.size === 0 ? null : sentenceOf([...open.values()]);
}

function numberIn(event: RecordedEvent): string {
  const { number } = readableEnvelope<{ readonly number?: unknown }>(event)?.payload ?? {};
  return typeof number === 'string' ? formatSessionNumber(number) : 'one whose number cannot be read';
}

function sentenceOf(numbers: readonly string[]): string {
  const named = numbers.slice(0, mostNamed).join(', ');
  const others = numbers.length > mostNamed ? ` and ${numbers.length - mostNamed} more` : '';
  const stand =
    numbers.length === 1
      ? '1 session stands open, perhaps only because its end is missing'
      : `${numbers.length} sessions stand open, among them any whose end is missing`;
  return printable(`In the log as it is now ${stand}: ${named}${others}.`);
}
