import type { OpenedText } from '@deskside/domain';

/** A person's text inside a sentence: its direction is isolated, and it shows as a muted chip once erased, or where it cannot be read. */
export interface PersonalValue {
  readonly personal: OpenedText;
}

/** Names of several people, as the reader's language lists them. */
export interface PeopleValue {
  readonly people: readonly OpenedText[];
}

/** Texts that are translated themselves, listed as the reader's language lists things. */
export interface TermsValue {
  readonly terms: readonly string[];
}

/** Sentences within one, without texts of people, listed as the reader's language lists things. */
export interface SentencesValue {
  readonly sentences: readonly Sentence[];
}

/** An instant, written out in the reader's language and time zone. */
export interface InstantValue {
  readonly instant: string;
}

export type SentenceValue = string | number | PersonalValue | PeopleValue | TermsValue | SentencesValue | InstantValue;

/** A whole ICU message and what goes into it: never words glued together. */
export interface Sentence {
  readonly key: string;
  readonly values: Readonly<Record<string, SentenceValue>>;
}

export function sentence(key: string, values: Sentence['values'] = {}): Sentence {
  return { key, values };
}
