/**
 * What a key opens: who somebody is (`identity`), or what was said and written in a session (`content`).
 * A key belongs to one subject and one class, so that either can be erased alone.
 */
export type PersonalClass = 'identity' | 'content';

/** Whose data a field is: `customer-<id>`, `representative-<id>` or `supportSession-<id>`. */
export type PersonalSubject = string;

/** A field that the server has encrypted under a key of the vault; opening needs the id of its event and its path. */
export interface SealedText {
  readonly subject: PersonalSubject;
  readonly class: PersonalClass;
  /** Number of a key for this text alone (a chat line can be taken back without its neighbours); absent: the subject's key. */
  readonly item?: number;
  /** 96-bit nonce, base64url. */
  readonly nonce: string;
  /** AES-256-GCM ciphertext and 128-bit tag, base64url. */
  readonly ciphertext: string;
}

/**
 * Personal text on its way into an event: deciders pass it on without reading it, and the command path seals it before
 * it is hashed. `reveal` is for the sealing step alone; the text is no enumerable field, so it never reaches JSON or logs.
 */
export class UnsealedText {
  readonly subject: PersonalSubject;
  readonly class: PersonalClass;
  /** True when this text must be erasable alone and therefore gets a key of its own. */
  readonly ownKey: boolean;
  readonly #text: string;

  constructor(text: string, owner: { subject: PersonalSubject; class: PersonalClass; ownKey?: boolean }) {
    this.#text = text;
    this.subject = owner.subject;
    this.class = owner.class;
    this.ownKey = owner.ownKey ?? false;
  }

  reveal(): string {
    return this.#text;
  }

  /** @throws always: unsealed personal text that reaches a serialiser is a broken invariant. */
  toJSON(): never {
    throw new Error('Personal text was about to be written in the clear.');
  }
}

/** Stands where a text was whose key has been destroyed. */
export interface ErasedText {
  readonly erased: true;
}

/** Stands where a text is that nobody erased and that does not open: its bytes were changed, or those of its key were lost. */
export interface UnreadableText {
  readonly unreadable: true;
}

/** Personal text after the edge has opened it for somebody who may read it. */
export type OpenedText = string | ErasedText | UnreadableText;

/** Personal text at any stage. Deciders and folds carry it and never look inside. */
export type PersonalText = SealedText | UnsealedText | OpenedText;

/** Which keys an event destroys: all of a subject's class, or the key of one item. */
export interface ErasedKey {
  readonly subject: PersonalSubject;
  readonly class: PersonalClass;
  readonly item?: number;
}

/** Whether the text does not open any more once this key is destroyed. */
export function isErasedBy(key: ErasedKey, text: SealedText): boolean {
  if (key.subject !== text.subject || key.class !== text.class) return false;
  return key.item === undefined || key.item === text.item;
}

export function isSealedText(value: unknown): value is SealedText {
  return typeof value === 'object' && value !== null && 'ciphertext' in value && 'nonce' in value && 'subject' in value;
}

export function isUnreadableText(value: unknown): value is UnreadableText {
  return typeof value === 'object' && value !== null && 'unreadable' in value && value.unreadable === true;
}

export function isErasedText(value: unknown): value is ErasedText {
  return typeof value === 'object' && value !== null && 'erased' in value && value.erased === true;
}
