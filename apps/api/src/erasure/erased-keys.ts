import { eventRegistry } from '@deskside/domain';
import type { ErasedKey } from '@deskside/domain';
import { wellFormedEnvelope } from '@deskside/event-store';
import type { RecordedEvent } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';

/** The keys that an event destroys; most destroy none, and one that has another form says nothing that can be relied upon. */
export function erasedKeys(event: Pick<RecordedEvent, 'type' | 'body'>): readonly ErasedKey[] {
  const erases = eventRegistry.get(event.type)?.erases;
  const envelope = erases === undefined ? null : wellFormedEnvelope(event);
  return envelope === null ? [] : (erases?.(envelope.payload) ?? []);
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
