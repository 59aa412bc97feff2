import { Inject, Injectable } from '@nestjs/common';
import { supportSession } from '@deskside/domain';
import type { KnownSession, OpenedText, Recorded, SupportSessionEvent } from '@deskside/domain';
import { readEnvelope, verifyChain } from '@deskside/event-store';
import type { Envelope, RecordedEvent, StreamName } from '@deskside/event-store';
import { openPayload } from '@deskside/vault';
import { personalText } from '../accounts/people-names';
import { streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { ChainState, HistoryEvent, PersonName } from '../graphql/generated/staff';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

export interface ReadHistory {
  readonly events: HistoryEvent[];
  readonly chain: ChainState;
  readonly people: PersonName[];
  readonly customerIds: string[];
}

/** Everything that stands in a session's stream, opened for an auditor, with the proof of its order. */
@Injectable()
export class SessionHistories {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  async read(sessionId: string): Promise<Outcome<ReadHistory>> {
    if ((await this.node.sessions.find(sessionId)) === null) return refused('SESSION_NOT_FOUND');
    const recorded = await this.node.store.readStream(streamOf('supportSession', sessionId));
    const read = await Promise.all(recorded.map((event) => this.#open(event)));
    const session = foldOf(read.map(({ event }) => event));
    return done({
      events: read.map(({ event, history }) => ({ ...history, payload: event.payload })),
      chain: chainStateOf([recorded]),
      people: this.#people(
        session,
        read.map(({ event }) => event.actor.id),
      ),
      customerIds: customersOf(session),
    });
  }

  async #open(
    recorded: RecordedEvent,
  ): Promise<{ event: Recorded<SupportSessionEvent>; history: Omit<HistoryEvent, 'payload'> }> {
    const envelope: Envelope = readEnvelope(recorded);
    const { id, type, occurredAt, actor } = envelope;
    const payload = await openPayload(envelope.payload, id, this.node.vault);
    const revision = Number(recorded.revision);
    const event = { type, payload, revision, occurredAt, actor } as Recorded<SupportSessionEvent>;
    const hash = Buffer.from(recorded.hash).toString('hex');
    return {
      event,
      history: { id, revision, position: recorded.position, type, occurredAt, actor: actorAnswer(actor), hash },
    };
  }

  /** Names by participant, by customer and by account. */
  #people(session: KnownSession, actorIds: readonly string[]): PersonName[] {
    const names = new Map<string, OpenedText>();
    for (const participant of Object.values(session.participants)) {
      const name = participant.name as OpenedText;
      names.set(participant.id, name).set(participant.personId, name);
    }
    for (const waiting of Object.values(session.waiting)) {
      const name = waiting.name as OpenedText;
      names.set(waiting.participantId, name).set(waiting.customerId, name);
    }
    const others = actorIds.filter((id) => !names.has(id)).map((id) => streamOf('representative', id));
    const found = this.node.readModels.people.nameOf(others);
    for (const [subject, name] of found) names.set(subject.replace(/^representative-/, ''), name);
    return [...names].map(([id, name]) => ({ id, name: personalText(name) }));
  }
}

/** An actor as GraphQL has it. */
export function actorAnswer({ kind, id, sessionRole }: Envelope['actor']): HistoryEvent['actor'] {
  return { kind, id, sessionRole: sessionRole ?? null };
}

function foldOf(events: readonly Recorded<SupportSessionEvent>[]): KnownSession {
  const session = events.reduce(supportSession.evolve, supportSession.initialState());
  if (session.status === 'absent') throw new Error('A session without events has no history.');
  return session;
}

/** Customers who joined or asked to. */
export function customersOf(session: KnownSession): string[] {
  const joined = Object.values(session.participants)
    .filter((participant) => participant.role.endsWith('Customer'))
    .map((participant) => participant.personId);
  const asked = Object.values(session.waiting).map((person) => person.customerId);
  return [...new Set([...joined, ...asked])];
}

/** Whether each of these streams, read from its first event, follows from itself; the first that does not decides. */
export function chainStateOf(streams: readonly (readonly RecordedEvent[])[]): ChainState {
  const events = streams.reduce((sum, stream) => sum + stream.length, 0);
  for (const stream of streams) {
    const verdict = verifyChain(stream);
    if (!verdict.whole) return { status: 'broken', events, brokenAtRevision: Number(verdict.revision) };
  }
  return { status: 'unbroken', events, brokenAtRevision: null };
}

/** Streams once each, in the order of their first mention. */
export function distinctStreams(rows: readonly { readonly stream: StreamName }[]): readonly StreamName[] {
  return [...new Set(rows.map((row) => row.stream))];
}
