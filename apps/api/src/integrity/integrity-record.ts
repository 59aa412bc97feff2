import { eventRegistry } from '@deskside/domain';
import type { IntegrityEvent } from '@deskside/domain';
import { eventIdFor, INTEGRITY_STREAM, sealEvent } from '@deskside/event-store';
import type { Behind, EventStore, SealedEvent } from '@deskside/event-store';
import * as v from 'valibot';
import type { Clock } from '../clock/clock';
import type { SiteIdentity } from '../log/log';

export interface Recorder {
  readonly identity: SiteIdentity;
  readonly clock: Clock;
}

/** What happened to the log itself, by which act of an operator or of the server. */
export interface IntegrityRecord {
  readonly type: IntegrityEvent['type'];
  readonly commandType: 'SignCheckpoint' | 'RestoreLog' | 'AcceptLogLoss';
  readonly commandId: string;
  /** Given the event's id, since sealed texts are bound to it. */
  readonly payload: (id: string) => unknown;
}

/**
 * Seals an event of the stream `integrity`. Its fold would be as long as the log is old, so it goes no way of a command: it
 * stands behind the last one, or not at all.
 */
export function sealRecord({ identity, clock }: Recorder, record: IntegrityRecord, behind: Behind): SealedEvent {
  const { type, commandType, commandId } = record;
  const declaration = eventRegistry.get(type);
  if (declaration === undefined) throw new Error(`No event of type ${type} is declared.`);
  const actor = { kind: 'system', id: identity.writer.boot } as const;
  const id = eventIdFor({ actorId: actor.id, stream: INTEGRITY_STREAM, commandId, index: 0 });
  const now = clock.now().toISOString();
  return sealEvent(
    {
      ...{ id, type, schemaVersion: declaration.version, stream: INTEGRITY_STREAM },
      revision: (behind.revision + 1n).toString(),
      occurredAt: now < behind.occurredAt ? behind.occurredAt : now,
      ...{ actor, correlationId: commandId, causationId: null, commandId, commandType },
      ...identity,
      payload: v.parse(declaration.payload, record.payload(id)),
    },
    behind.hash,
  );
}

/** @throws when the log does not take it. */
export async function appendRecord(
  store: EventStore,
  sealed: SealedEvent,
  { revision }: Pick<Behind, 'revision'>,
): Promise<void> {
  const result = await store.append(INTEGRITY_STREAM, [sealed], revision < 0n ? 'noStream' : revision);
  if (result.ok) return;
  throw new Error('reason' in result ? result.reason : 'Somebody else has written to the log meanwhile.');
}
