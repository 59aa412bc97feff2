import { UnsealedText } from '@deskside/domain';
import type { ErasedText, OpenedText, PersonalText } from '@deskside/domain';
import type { ReadModels } from '@deskside/projections';
import { streamOf } from '../command-path/derived-id';

const erased: ErasedText = { erased: true };

/** Names of people, read from the one file that has them in the clear; whoever is not there was erased. */
export class PeopleNames {
  constructor(private readonly readModels: ReadModels) {}

  /** Names by subject (`customer-<id>`, `representative-<id>`). */
  of(subjects: readonly string[]): ReadonlyMap<string, OpenedText> {
    const names = this.readModels.people.nameOf(subjects);
    return new Map(subjects.map((subject) => [subject, names.get(subject) ?? erased]));
  }

  emailsOf(subjects: readonly string[]): ReadonlyMap<string, OpenedText> {
    const emails = this.readModels.people.emailOf(subjects);
    return new Map(subjects.map((subject) => [subject, emails.get(subject) ?? erased]));
  }

  /** The name of a member of staff for an event that is about to be written. */
  forNewEvent(accountId: string): PersonalText {
    const subject = streamOf('representative', accountId);
    const name = this.readModels.people.nameOf([subject]).get(subject);
    return name === undefined ? erased : new UnsealedText(name, { subject, class: 'identity' });
  }
}

/** The GraphQL form of a personal text. */
export function personalText(text: OpenedText | undefined): { text: string | null; erased: boolean } {
  return typeof text === 'string' ? { text, erased: false } : { text: null, erased: true };
}
