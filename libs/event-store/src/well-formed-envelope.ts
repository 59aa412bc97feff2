import { broughtUp, hasDeclaredForm } from '@deskside/domain';
import type { Envelope } from './envelope';
import type { RecordedEvent } from './event-store';
import { readableEnvelope } from './seal';

type Stored = Pick<RecordedEvent, 'type' | 'body'>;

/**
 * What an event says: the rule by which commands and feeds make anything of the log; projections take `currentEnvelope`. Null
 * when its bytes are no event, or one of another type than the log has it under, or of another form than its type has: it is
 * passed by, so that it keeps nothing else from being read. Neither its hash nor its revision is looked at here.
 */
export function wellFormedEnvelope(stored: Stored): Envelope | null {
  const envelope = currentEnvelope(stored);
  return envelope !== null && hasDeclaredForm(envelope) ? envelope : null;
}

/**
 * The same without a look at its form, for whoever goes through all events there ever were and looks only when one cannot be
 * worked with. The payload is in the newest version of its type.
 */
export function currentEnvelope(stored: Stored): Envelope | null {
  const envelope = readableEnvelope(stored);
  if (envelope === null || envelope.type !== stored.type) return null;
  try {
    return { ...envelope, payload: broughtUp(envelope) };
  } catch {
    // An earlier version of another form cannot be brought up.
    return null;
  }
}
