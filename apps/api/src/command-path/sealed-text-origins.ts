import type { OpenedText, PersonalText, SealedText } from '@deskside/domain';
import { isSealedText, UnsealedText } from '@deskside/domain';
import { openedText } from '@deskside/vault';
import type { FieldPlace, Vault } from '@deskside/vault';

/**
 * Where each sealed text of the cached folds was recorded. A ciphertext opens in its own place only, so a text that a
 * decider carries into a new event (the name of somebody who was let in) is opened here and sealed anew for that event.
 */
export class SealedTextOrigins {
  readonly #places = new WeakMap<SealedText, FieldPlace>();

  /** Notes every sealed text in a recorded payload. */
  note(payload: unknown, eventId: string): void {
    this.#walk(payload, (text, path) => this.#places.set(text, { eventId, path }));
  }

  /** The payload with every carried-over text ready to be sealed in its new place; erased and unreadable ones say so. */
  async unseal(payload: unknown, vault: Pick<Vault, 'open'>): Promise<unknown> {
    const carried: SealedText[] = [];
    this.#walk(payload, (text) => carried.push(text));
    if (carried.length === 0) return payload;
    const opened = new Map<SealedText, PersonalText>();
    for (const text of carried) opened.set(text, await this.#openOne(text, vault));
    return replace(payload, opened);
  }

  /** A text of a fold in the clear. */
  async textOf(text: PersonalText, vault: Pick<Vault, 'open'>): Promise<OpenedText> {
    if (text instanceof UnsealedText) return text.reveal();
    if (!isSealedText(text)) return text;
    return openedText(vault, text, this.#placeOf(text));
  }

  #placeOf(sealed: SealedText): FieldPlace {
    const place = this.#places.get(sealed);
    if (place === undefined) throw new Error('A sealed text came from nowhere.');
    return place;
  }

  async #openOne(sealed: SealedText, vault: Pick<Vault, 'open'>): Promise<PersonalText> {
    const text = await openedText(vault, sealed, this.#placeOf(sealed));
    if (typeof text !== 'string') return text;
    return new UnsealedText(text, { subject: sealed.subject, class: sealed.class });
  }

  #walk(value: unknown, found: (text: SealedText, path: string) => void, path = ''): void {
    if (typeof value !== 'object' || value === null || value instanceof UnsealedText) return;
    if (isSealedText(value)) return found(value, path);
    for (const [key, child] of Object.entries(value)) this.#walk(child, found, path === '' ? key : `${path}.${key}`);
  }
}

function replace(value: unknown, texts: ReadonlyMap<SealedText, PersonalText>): unknown {
  if (typeof value !== 'object' || value === null || value instanceof UnsealedText) return value;
  if (isSealedText(value)) return texts.get(value) ?? value;
  if (Array.isArray(value)) return value.map((child) => replace(child, texts));
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, replace(child, texts)]));
}
