import { eventRegistry } from '@deskside/domain';
import type { EventDeclaration } from '@deskside/domain';
import { readableEnvelope } from '@deskside/event-store';
import type { EventLogReader, Position, RecordedEvent } from '@deskside/event-store';
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
  return { after, end: position, events: projectedEvents(events), atEnd: events.length < maxCount };
}

function projectedEvents(page: readonly RecordedEvent[]): readonly ProjectedEvent[] {
  let occurredAt = new Date(0).toISOString();
  return page.map((recorded) => {
    const event = toProjectedEvent(recorded) ?? unreadableEvent(recorded, occurredAt);
    ({ occurredAt } = event);
    return event;
  });
}

function toProjectedEvent(recorded: RecordedEvent): ProjectedEvent | null {
  const envelope = readableEnvelope(recorded);
  if (envelope === null) return null;
  const { id, type, schemaVersion, occurredAt, actor, payload } = envelope;
  const { stream, revision, position } = recorded;
  const current = upcast(eventRegistry.get(type), schemaVersion, payload);
  return { id, type, stream, revision: Number(revision), position, occurredAt, actor, payload: current };
}

function unreadableEvent({ id, type, stream, revision, position }: RecordedEvent, occurredAt: string): ProjectedEvent {
  const actor = { kind: 'system', id: '' } as const;
  return { id, type, stream, revision: Number(revision), position, occurredAt, actor, payload: {}, unreadable: true };
}

function upcast(declaration: EventDeclaration | undefined, from: number, payload: unknown): unknown {
  let current = payload;
  for (let version = from; version < (declaration?.version ?? 0); version += 1)
    current = declaration?.upcasters?.[version]?.(current as never) ?? current;
  return current;
}

/** Opens sealed texts; null when the key is destroyed. */
export type OpenText = PersonalDataVault['open'];

/** The event with its personal fields opened; an erased one reads `{erased: true}`, one that does not open
 * `{unreadable: true}`. The given event stays sealed. */
export async function withOpenedText(event: ProjectedEvent, open: OpenText): Promise<ProjectedEvent> {
  return { ...event, payload: await openPayload(event.payload, event.id, { open }) };
}
