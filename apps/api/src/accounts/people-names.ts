import { isErasedText, UnsealedText } from '@deskside/domain';
import type { ErasedText, OpenedText, PersonalText, UnreadableText } from '@deskside/domain';
import type { ReadModels } from '@deskside/projections';
import { streamOf } from '../command-path/derived-id';
import type { PersonalText as PersonalAnswer } from '../graphql/generated/staff';

const erased: ErasedText = { erased: true };
const unreadable: UnreadableText = { unreadable: true };

/** Names of people, read from the one file that has them in the clear and knows who was erased. */
export class PeopleNames {
  constructor(private readonly readModels: ReadModels) {}

  /** Names by subject (`customer-<id>`, `representative-<id>`). */
  of(subjects: readonly string[]): ReadonlyMap<string, OpenedText> {
    return this.#textsOf(subjects, this.readModels.people.nameOf(subjects));
  }

  emailsOf(subjects: readonly string[]): ReadonlyMap<string, OpenedText> {
    return this.#textsOf(subjects, this.readModels.people.emailOf(subjects));
  }

  /** The name of a member of staff for an event that is about to be written. */
  forNewEvent(accountId: string): PersonalText {
    const subject = streamOf('representative', accountId);
    const name = this.of([subject]).get(subject) ?? unreadable;
    return typeof name === 'string' ? new UnsealedText(name, { subject, class: 'identity' }) : name;
  }

  /** What is known of nobody who was erased cannot be read: the event that says it is damaged or missing. */
  #textsOf(subjects: readonly string[], known: ReadonlyMap<string, string>): ReadonlyMap<string, OpenedText> {
    const gone = this.readModels.people.erasedAmong(subjects.filter((subject) => !known.has(subject)));
    const lost = (subject: string): OpenedText => (gone.has(subject) ? erased : unreadable);
    return new Map(subjects.map((subject) => [subject, known.get(subject) ?? lost(subject)]));
  }
}

/** The GraphQL form of a personal text; one that is nowhere cannot be read. */
export function personalText(text: OpenedText | undefined): PersonalAnswer {
  if (typeof text === 'string') return { text, lost: null };
  return { text: null, lost: isErasedText(text) ? 'erased' : 'unreadable' };
}
