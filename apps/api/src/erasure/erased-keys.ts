import { eventRegistry } from '@deskside/domain';
import type { ErasedKey } from '@deskside/domain';
import { GENESIS_HASH, verifyLink, wellFormedEnvelope } from '@deskside/event-store';
import type { EventLogReader, RecordedEvent } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';

/** An event that erases, and the keys that it destroys. */
export interface Erasing {
  readonly event: RecordedEvent;
  readonly keys: readonly ErasedKey[];
}

/**
 * Those of these events that erase something. What they name is gone for good, and from every backup as well: one that is not
 * as it was sealed behind the event before it, or has another form, says nothing that can be relied upon.
 */
export async function erasingAmong(
  events: readonly RecordedEvent[],
  reader: Pick<EventLogReader, 'readStream'>,
): Promise<readonly Erasing[]> {
  const named = events.map((event) => ({ event, keys: keysNamedIn(event) })).filter(({ keys }) => keys.length > 0);
  const areAsSealed = await Promise.all(named.map(({ event }) => isAsSealed(event, reader)));
  return named.filter((_, at) => areAsSealed[at]);
}

function keysNamedIn(event: RecordedEvent): readonly ErasedKey[] {
  const erases = eventRegistry.get(event.type)?.erases;
  const envelope = erases === undefined ? null : wellFormedEnvelope(event);
  return envelope === null ? [] : (erases?.(envelope.payload) ?? []);
}

async function isAsSealed(event: RecordedEvent, reader: Pick<EventLogReader, 'readStream'>): Promise<boolean> {
  const { stream, revision } = event;
  if (revision === 0n) return verifyLink(GENESIS_HASH, event);
  const [before] = await reader.readStream(stream, { from: revision - 1n, maxCount: 1 });
  return before?.revision === revision - 1n && verifyLink(before.hash, event);
}

/** Where the keys are, and what else is kept of a subject. */
export interface Kept {
  readonly vault: Pick<Vault, 'undestroyed' | 'destroy'>;
  /** Takes away what is kept of a subject outside the log; doing it twice changes nothing. */
  readonly forget: (subject: string) => Promise<void>;
  /** Called before the first key goes, when any is left. */
  readonly before?: () => void;
}

/** Destroys those of these keys that are not yet. @returns which those were */
export async function destroyLeft(
  { vault, forget, before }: Kept,
  keys: readonly ErasedKey[],
): Promise<readonly ErasedKey[]> {
  const left = await vault.undestroyed(keys);
  if (left.length === 0) return left;
  // All else first: a key that is destroyed is not looked at again after a crash.
  before?.();
  for (const { subject, item } of left) if (item === undefined) await forget(subject);
  await vault.destroy(left);
  return left;
}
