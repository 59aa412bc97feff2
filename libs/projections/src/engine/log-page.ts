import { currentEnvelope, toldEvents } from '@deskside/event-store';
import type { EventLogReader, Position } from '@deskside/event-store';
import { openPayload } from '@deskside/vault';
import type { PersonalDataVault } from '@deskside/vault';
import type { ProjectedEvent } from './projection';

/** Events that several projections are fed with; each is parsed once. */
export interface LogPage {
  readonly after: Position | null;
  /** Where the page ends, events that nobody wants included. */
  readonly end: Position | null;
  readonly events: readonly ProjectedEvent[];
  /** Nothing stood behind `end` when it was read. */
  readonly atEnd: boolean;
}

export async function readPage(reader: EventLogReader, after: Position | null, maxCount: number): Promise<LogPage> {
  const { events, position } = await reader.readAll({ after, maxCount });
  const [first] = events;
  const earlier = first === undefined || currentEnvelope(first) !== null ? null : await timeAt(reader, after);
  // Of the others a form that is not theirs is found by the projection that cannot take it: to look at all takes too long.
  const told = toldEvents(events, { earlier, read: currentEnvelope });
  return { after, end: position, events: told, atEnd: events.length < maxCount };
}

async function timeAt(reader: EventLogReader, position: Position | null): Promise<string | null> {
  const event = position === null ? null : await reader.eventAt(position);
  return event === null ? null : (currentEnvelope(event)?.occurredAt ?? null);
}

/** Opens sealed texts; null when the key is destroyed. */
export type OpenText = PersonalDataVault['open'];

/** The event with its personal fields opened; an erased one reads `{erased: true}`, one that does not open
 * `{unreadable: true}`. The given event stays sealed. */
export async function withOpenedText(event: ProjectedEvent, open: OpenText): Promise<ProjectedEvent> {
  return { ...event, payload: await openPayload(event.payload, event.id, { open }) };
}
