import { readEnvelope } from '@deskside/event-store';
import type { Envelope, SealedEvent } from '@deskside/event-store';
import type { SealedText } from '@deskside/domain';
import { openPayload, VaultUnavailable } from '@deskside/vault';
import type { FieldPlace, Vault } from '@deskside/vault';

/**
 * The envelope, or null when its bytes are none: in a damaged log one event is passed by so that all the others can be
 * read. That it is damaged is said by the chain of hashes.
 */
export function readableEnvelope<Payload = unknown>(recorded: Pick<SealedEvent, 'body'>): Envelope<Payload> | null {
  try {
    return readEnvelope<Payload>(recorded);
  } catch {
    return null;
  }
}

/** The payload in the clear; a text that does not open in its place, because bytes were changed, reads as erased. */
export function openReadable({ payload, id }: Envelope, vault: Pick<Vault, 'open'>): Promise<unknown> {
  const open = (sealed: SealedText, place: FieldPlace): Promise<string | null> =>
    vault.open(sealed, place).catch((error: unknown) => {
      // That it cannot be asked now says nothing of the text.
      if (error instanceof VaultUnavailable) throw error;
      return null;
    });
  return openPayload(payload, id, { open });
}
