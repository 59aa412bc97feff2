import { isErasedText, isUnreadableText } from '@deskside/domain';
import type { Actor, OpenedText } from '@deskside/domain';
import type { FeedEvent, ReadText } from '@deskside/ui';
import type { PersonalValue, TermsValue } from './sentence';

interface NamedPerson {
  readonly id: string;
  readonly name: ReadText;
}

const actorKinds: readonly string[] = ['representative', 'customer', 'system'] satisfies readonly Actor['kind'][];

/** Whom the ids in events mean, and which lines of chat were taken back later. */
export class People {
  readonly #names = new Map<string, OpenedText>();
  readonly #takenBack = new Set<string>();

  /** Later names of the same id win: an erased name stays erased. */
  static of(events: readonly FeedEvent[], known: readonly NamedPerson[] = []): People {
    const people = new People();
    for (const event of events) people.#learn(event.payload, event.type);
    for (const { id, name } of known) people.#names.set(id, openedText(name));
    return people;
  }

  named(id: string): PersonalValue | TermsValue {
    const name = this.#names.get(id);
    return name === undefined ? { terms: ['history.actor.somebody'] } : { personal: name };
  }

  acting(actor: FeedEvent['actor']): PersonalValue | TermsValue {
    const name = this.#names.get(actor.id);
    if (name !== undefined) return { personal: name };
    return { terms: [`history.actor.${actorKinds.includes(actor.kind) ? actor.kind : 'somebody'}`] };
  }

  wasTakenBack(messageId: string): boolean {
    return this.#takenBack.has(messageId);
  }

  #learn(payload: unknown, type: string): void {
    const fields = (payload ?? {}) as Readonly<Record<string, unknown>>;
    const { name, messageId } = fields;
    if (type === 'ChatMessageTakenBack') this.#takenBack.add(String(messageId));
    if (typeof name !== 'string' && !isErasedText(name) && !isUnreadableText(name)) return;
    for (const id of idFields.map((field) => fields[field])) if (typeof id === 'string') this.#names.set(id, name);
  }
}

/** Beside a name in an event stand the ids of whoever it names. */
const idFields = ['participantId', 'personId', 'customerId', 'representativeId'];

export function openedText({ text, lost }: ReadText): OpenedText {
  if (text !== null) return text;
  return lost === 'erased' ? { erased: true } : { unreadable: true };
}
