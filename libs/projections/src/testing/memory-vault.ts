import type { ErasedKey, SealedText } from '@deskside/domain';
import type { OpenText } from '../engine/log-page';
import type { SealSample } from './sample-history';

/** Keeps texts beside the log; the sealed form is a number that says nothing. */
export class MemoryVault {
  readonly #texts = new Map<string, { text: string; subject: string; class: string }>();
  opened = 0;

  readonly seal: SealSample = ({ text, subject, class: of, eventId, path }) => {
    const ciphertext = `c${this.#texts.size}`;
    this.#texts.set(`${ciphertext} ${eventId} ${path}`, { text, subject, class: of });
    return { subject, class: of, nonce: 'nonce', ciphertext } satisfies SealedText;
  };

  readonly open: OpenText = async (sealed, { eventId, path }) => {
    this.opened += 1;
    return this.#texts.get(`${sealed.ciphertext} ${eventId} ${path}`)?.text ?? null;
  };

  destroy(keys: readonly ErasedKey[]): void {
    for (const key of keys)
      for (const [place, kept] of this.#texts)
        if (kept.subject === key.subject && kept.class === key.class) this.#texts.delete(place);
  }
}
