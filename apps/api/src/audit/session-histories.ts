import { Inject, Injectable } from '@nestjs/common';
import { supportSession } from '@deskside/domain';
import type { KnownSession, OpenedText, Recorded, SupportSession, SupportSessionEvent } from '@deskside/domain';
import { streamPages, toldEvents } from '@deskside/event-store';
import type { Envelope, RecordedEvent, ToldEvent } from '@deskside/event-store';
import { openPayload } from '@deskside/vault';
import { personalText } from '../accounts/people-names';
import { streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { ChainState, HistoryEvent, MissingEvents, PersonName } from '../graphql/generated/staff';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { acceptedLosses } from './accepted-losses';
import { chainStateOf } from './chain-state';

export interface ReadHistory {
  readonly events: HistoryEvent[];
  readonly missing: MissingEvents[];
  readonly chain: ChainState;
  readonly people: PersonName[];
  readonly customerIds: string[];
}

/** Everything that stands in a session's stream, opened for an auditor, with the proof of its order. */
@Injectable()
export class SessionHistories {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  async read(sessionId: string): Promise<Outcome<ReadHistory>> {
    const { store } = this.node;
    const recorded: RecordedEvent[] = [];
    const events: ToldEvent[] = [];
    for await (const page of streamPages(store, streamOf('supportSession', sessionId))) {
      const told = toldEvents(page, { earlier: events.at(-1)?.occurredAt ?? null });
      recorded.push(...page);
      events.push(...(await Promise.all(told.map((event) => this.#open(event)))));
    }
    if (recorded.length === 0) return refused('SESSION_NOT_FOUND');
    const readable = events.filter(({ unreadable }) => unreadable !== true) as readonly OpenedEvent[];
    const session = readable.reduce(supportSession.evolve, supportSession.initialState());
    return done({
      events: events.map((event, index) => historyEvent(event, recorded[index])),
      missing: missingIn(recorded),
      chain: chainStateOf([recorded], store, await acceptedLosses(this.node)),
      people: this.#people(
        session,
        readable.map(({ actor }) => actor),
      ),
      customerIds: session.status === 'absent' ? [] : customersOf(session),
    });
  }

  async #open(event: ToldEvent): Promise<ToldEvent> {
    return { ...event, payload: await openPayload(event.payload, event.id, this.node.vault) };
  }

  /** Names by participant, by customer and by account. */
  #people(session: SupportSession, actors: readonly Envelope['actor'][]): PersonName[] {
    const names = new Map<string, OpenedText>();
    const { participants, waiting } = session.status === 'absent' ? { participants: {}, waiting: {} } : session;
    for (const { id, personId, name } of Object.values(participants))
      names.set(id, name as OpenedText).set(personId, name as OpenedText);
    for (const { participantId, customerId, name } of Object.values(waiting))
      names.set(participantId, name as OpenedText).set(customerId, name as OpenedText);
    const others = actors.filter(({ kind, id }) => kind !== 'system' && !names.has(id));
    const found = this.node.names.of(others.map(subjectOf));
    for (const actor of others) names.set(actor.id, found.get(subjectOf(actor)) ?? { unreadable: true });
    return [...names].map(([id, name]) => ({ id, name: personalText(name) }));
  }
}

type OpenedEvent = Recorded<SupportSessionEvent>;

function subjectOf({ kind, id }: Envelope['actor']): string {
  return kind === 'customer' ? `customer-${id}` : streamOf('representative', id);
}

function historyEvent(
  { id, revision, position, type, occurredAt, actor, payload, unreadable }: ToldEvent,
  recorded: RecordedEvent | undefined,
): HistoryEvent {
  const hash = Buffer.from(recorded?.hash ?? []).toString('hex');
  const event = { id, revision, position, type, occurredAt, actor: actorAnswer(actor), payload, hash };
  return { ...event, unreadable: unreadable === true };
}

/** Revisions rise from 0 without a gap: what lies between those that are there was there once. */
function missingIn(recorded: readonly RecordedEvent[]): MissingEvents[] {
  return recorded.flatMap(({ revision }, index) => {
    const from = Number(recorded[index - 1]?.revision ?? -1n) + 1;
    const to = Number(revision) - 1;
    return from <= to ? [{ from, to }] : [];
  });
}

/** An actor as GraphQL has it. */
function actorAnswer({ kind, id, sessionRole }: Envelope['actor']): HistoryEvent['actor'] {
  return { kind, id, sessionRole: sessionRole ?? null };
}

/** Customers who joined or asked to. */
function customersOf(session: KnownSession): string[] {
  const joined = Object.values(session.participants)
    .filter((participant) => participant.role.endsWith('Customer'))
    .map((participant) => participant.personId);
  const asked = Object.values(session.waiting).map((person) => person.customerId);
  return [...new Set([...joined, ...asked])];
}
