import type { DomainEvent, OpenedText, PersonalText, Recorded } from '@deskside/domain';
import type { People } from './people';
import type { PersonalValue, Sentence } from './sentence';

/** What a sentence is told from besides its event. */
export interface Telling {
  readonly people: People;
  /** Stream of the event, where it says whom the event is about. */
  readonly stream: string;
}

/** One way to say each type of event: a type without a sentence does not compile. */
export type SentenceTable<E extends DomainEvent> = {
  readonly [Type in E['type']]: (event: Recorded<Extract<E, { type: Type }>>, telling: Telling) => Sentence;
};

/** What the API opened is text, erased or unreadable; sealed forms never reach a browser. */
export function opened(text: PersonalText): PersonalValue {
  return { personal: text as OpenedText };
}
