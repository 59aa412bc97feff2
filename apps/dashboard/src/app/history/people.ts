import { isErasedText } from '@deskside/domain';
import type { OpenedText } from '@deskside/domain';
import { isActorKind } from './recorded-event';
import type { RecordedEvent } from './recorded-event';
import type { PersonalValue, TermsValue } from './sentence';

interface NamedPerson {
  readonly id: string;
  readonly name: { readonly text?: string | null | undefined; readonly erased: boolean };
}

/** Whom the ids in events mean, and which lines of chat were taken back later. */
export class People {
  readonly #names = new Map<string, OpenedText>();
  readonly #takenBack = new Set<string>();

  /** Later names of the same id win: an erased name stays erased. */
  static of(events: readonly RecordedEvent[], known: readonly NamedPerson[] = []): People {
    const people = new People();
    for (const event of events) people.#learn(event.payload, event.type);
    for (const { id, name } of known) people.#names.set(id, openedText(name));
    return people;
  }

  named(id: string): PersonalValue | TermsValue {
    const name = this.#names.get(id);
    return name === undefined ? { terms: ['history.actor.somebody'] } : { personal: name };
  }

  acting(actor: RecordedEvent['actor']): PersonalValue | TermsValue {
    const name = this.#names.get(actor.id);
    if (name !== undefined) return { personal: name };
    return { terms: [`history.actor.${isActorKind(actor.kind) ? actor.kind : 'somebody'}`] };
  }

  wasTakenBack(messageId: string): boolean {
    return this.#takenBack.has(messageId);
  }

  #learn(payload: unknown, type: string): void {
    if (typeof payload !== 'object' || payload === null) return;
    const fields = payload as Readonly<Record<string, unknown>>;
    if (type === 'ChatMessageTakenBack' && typeof fields['messageId'] === 'string')
      this.#takenBack.add(fields['messageId']);
    const name = fields['name'];
    if (typeof name !== 'string' && !isErasedText(name)) return;
    for (const key of ['participantId', 'personId', 'customerId', 'representativeId'])
      if (typeof fields[key] === 'string') this.#names.set(fields[key], name);
  }
}

export function openedText(text: { text?: string | null | undefined; erased: boolean }): OpenedText {
  return text.erased || text.text == null ? { erased: true } : text.text;
}
