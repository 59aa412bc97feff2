import { Inject, Injectable } from '@nestjs/common';
import { supportSession } from '@deskside/domain';
import type { KnownSession, OpenedText, Recorded, SupportSessionEvent } from '@deskside/domain';
import { verifyChain } from '@deskside/event-store';
import type { Envelope, EventStore, RecordedEvent, StreamName } from '@deskside/event-store';
import { personalText } from '../accounts/people-names';
import { streamOf } from '../command-path/derived-id';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { ChainState, HistoryEvent, PersonName } from '../graphql/generated/staff';
import { openReadable, readableEnvelope } from '../log/readable';
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
    const opened = await Promise.all(recorded.map((event) => this.#open(event)));
    const readable = opened.filter((event) => event !== null);
    const session = foldOf(readable);
    return done({
      events: recorded.map((event, index) => historyEvent(event, opened[index] ?? unreadable(event, readable))),
      chain: chainStateOf([recorded], this.node.store),
      people: this.#people(
        session,
        readable.map(({ actor }) => actor.id),
      ),
      customerIds: customersOf(session),
    });
  }

  /** Null when damage has made it unreadable. */
  async #open(recorded: RecordedEvent): Promise<OpenedEvent | null> {
    const envelope = readableEnvelope(recorded);
    if (envelope === null) return null;
    const { type, occurredAt, actor } = envelope;
    const payload = await openReadable(envelope, this.node.vault);
    return { type, payload, revision: Number(recorded.revision), occurredAt, actor } as OpenedEvent;
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

type OpenedEvent = Recorded<SupportSessionEvent>;

function historyEvent(recorded: RecordedEvent, { type, payload, occurredAt, actor }: OpenedEvent): HistoryEvent {
  const { id, position } = recorded;
  const hash = Buffer.from(recorded.hash).toString('hex');
  const revision = Number(recorded.revision);
  return { id, revision, position, type, occurredAt, actor: actorAnswer(actor), payload, hash };
}

/** In its place, of the type and about the time that the log still tells. */
function unreadable({ type, revision }: RecordedEvent, readable: readonly OpenedEvent[]): OpenedEvent {
  const before = readable.findLast((event) => BigInt(event.revision) < revision) ?? readable[0];
  const occurredAt = before?.occurredAt ?? new Date(0).toISOString();
  return { type, payload: {}, revision: Number(revision), occurredAt, actor: { kind: 'system', id: '' } } as never;
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

/**
 * Whether each of these streams, read from its first event, follows from itself; the first that does not decides. In a damaged
 * log that proves nothing: whoever can write into its file can make every hash anew.
 */
export function chainStateOf(
  streams: readonly (readonly RecordedEvent[])[],
  store: Pick<EventStore, 'integrity'>,
): ChainState {
  const events = streams.reduce((sum, stream) => sum + stream.length, 0);
  for (const stream of streams) {
    const verdict = verifyChain(stream);
    if (!verdict.whole) return { status: 'broken', events, brokenAtRevision: Number(verdict.revision) };
  }
  const status = store.integrity().status === 'damaged' ? 'logDamaged' : 'unbroken';
  return { status, events, brokenAtRevision: null };
}

/** Streams once each, in the order of their first mention. */
export function distinctStreams(rows: readonly { readonly stream: StreamName }[]): readonly StreamName[] {
  return [...new Set(rows.map((row) => row.stream))];
}
