import { eventRegistry, isErasedText } from '@deskside/domain';
import type { Viewer } from '@deskside/domain';
import type { StreamName } from '@deskside/event-store';
import type { FairTurns } from '../limits/fair-turns';
import type { EventHub } from './event-hub';
import type { LiveEvent } from './live-event';
import { Mailbox } from './mailbox';
import type { StreamHistories } from './stream-histories';

/** One event as a watcher gets it: opened, without what belongs to the server. */
export interface FeedEvent {
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly actor: { readonly kind: string; readonly id: string; readonly sessionRole?: string };
  readonly payload: unknown;
}

export interface FeedBatch {
  readonly reset: boolean;
  readonly events: readonly FeedEvent[];
  readonly upTo: number;
  readonly caughtUp: boolean;
}

type ParticipantViewer = Extract<Viewer, { kind: 'participant' }>;

interface FeedRequest {
  readonly stream: StreamName;
  readonly participantId: string;
  /** Last revision that the watcher has; -1 for none. */
  readonly after: number;
  /** Who waits their turn for what the feed has to read: the account or the customer. */
  readonly owner: string;
}

interface FeedParts {
  readonly hub: EventHub;
  readonly histories: StreamHistories;
  readonly readTurns: FairTurns;
}

/** What one delivery of the past holds at most: so much waits in memory for a watcher who reads slowly. */
export const batchEvents = 500;
export const batchCharacters = 256 * 1024;

/**
 * A session's events for one participant, from any revision on, without a gap or a repeat: listen first, read the stream,
 * drop what came twice. Who may see what follows from the stream itself, so an admission or a removal takes effect in the
 * place where it happened; the feed ends after the participant's own leaving.
 */
export class SessionFeed implements AsyncIterableIterator<FeedBatch> {
  readonly #mailbox: Mailbox<LiveEvent | 'reset'>;
  readonly #batches: AsyncGenerator<FeedBatch>;

  constructor(
    private readonly parts: FeedParts,
    private readonly request: FeedRequest,
    onEnd: () => void,
  ) {
    const { hub } = parts;
    const off = [
      hub.onStream(request.stream, (event) => this.#mailbox.push(event)),
      hub.onReset(request.stream, () => this.#mailbox.push('reset')),
    ];
    this.#mailbox = new Mailbox(() => {
      for (const stop of off) stop();
      onEnd();
    });
    this.#batches = this.#run();
  }

  async *#run(): AsyncGenerator<FeedBatch> {
    try {
      yield* this.#follow();
    } finally {
      // Whoever reads asks for no return of what has ended by itself.
      this.#mailbox.end();
    }
  }

  async *#follow(): AsyncGenerator<FeedBatch> {
    let { last, viewer } = yield* this.#past(this.request.after);
    while (viewer.leftRevision === null) {
      const items = await this.#mailbox.take();
      if (items === null) return;
      const news = items.filter((item): item is LiveEvent => item !== 'reset' && item.revision > last);
      const next = news.reduce(follow, viewer);
      if (items.includes('reset') || isLetIn(viewer, next)) {
        ({ last, viewer } = yield* this.#past('anew'));
      } else {
        ({ last, viewer } = { last: news.at(-1)?.revision ?? last, viewer: next });
        const events = await openedOf(news.filter((event) => event.visibleTo(next)));
        if (events.length > 0) yield { reset: false, events, upTo: last, caughtUp: true };
      }
    }
  }

  /** What is in the log, in batches: the next is made only once the watcher has taken the one before. */
  async *#past(from: number | 'anew'): AsyncGenerator<FeedBatch, { last: number; viewer: ParticipantViewer }> {
    const { histories, readTurns } = this.parts;
    const { stream, participantId, owner } = this.request;
    const { events: all, last } = await readTurns.run(owner, () => histories.read(stream));
    const viewer = all.reduce(follow, newcomer(participantId));
    const reset = from === 'anew' || (await hasLostNames(all.filter((event) => event.revision <= from)));
    const after = reset ? -1 : from;
    const batches = inBatches(all.filter((event) => event.revision > after && event.visibleTo(viewer)));
    for (const [index, batch] of batches.entries()) {
      const events = await readTurns.run(owner, () => openedOf(batch));
      const caughtUp = index === batches.length - 1;
      const upTo = caughtUp ? last : (batch.at(-1)?.revision ?? -1);
      yield { reset: reset && index === 0, events, upTo, caughtUp };
    }
    return { last, viewer };
  }

  next(): Promise<IteratorResult<FeedBatch, undefined>> {
    return this.#batches.next();
  }

  async return(): Promise<IteratorResult<FeedBatch, undefined>> {
    this.#mailbox.end();
    await this.#batches.return(undefined);
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** At least one, of nothing, so that a feed always begins with a delivery. */
function inBatches(events: readonly LiveEvent[]): readonly (readonly LiveEvent[])[] {
  const batches: LiveEvent[][] = [[]];
  let characters = 0;
  for (const event of events) {
    const current = batches.at(-1) ?? [];
    characters += event.recorded.body.length;
    if (current.length > 0 && (current.length >= batchEvents || characters > batchCharacters)) {
      batches.push([event]);
      characters = event.recorded.body.length;
    } else current.push(event);
  }
  return batches;
}

/** Whoever comes back after an erasure still shows what is gone: an erasure takes a name with it at least. */
async function hasLostNames(known: readonly LiveEvent[]): Promise<boolean> {
  const named = known.filter(({ envelope }) => eventRegistry.get(envelope.type)?.personal['name'] !== undefined);
  const payloads = await Promise.all(named.map((event) => event.opened() as Promise<{ readonly name?: unknown }>));
  return payloads.some(({ name }) => isErasedText(name));
}

function newcomer(participantId: string): ParticipantViewer {
  return { kind: 'participant', participantId, role: null, joinedRevision: null, leftRevision: null };
}

/** From here on he may see what was there before he came. */
function isLetIn(before: ParticipantViewer, after: ParticipantViewer): boolean {
  return before.role === null && after.role !== null;
}

/** The viewer after this event: joined with a role, or gone. */
function follow(viewer: ParticipantViewer, event: LiveEvent): ParticipantViewer {
  const payload = event.envelope.payload as { participantId?: string; role?: NonNullable<ParticipantViewer['role']> };
  if (payload.participantId !== viewer.participantId) return viewer;
  switch (event.envelope.type) {
    case 'ParticipantJoined':
      return { ...viewer, role: payload.role ?? null, joinedRevision: event.revision, leftRevision: null };
    case 'ParticipantLeft':
    case 'ParticipantRemoved':
    case 'JoinRefused':
    case 'JoinWithdrawn':
      return { ...viewer, leftRevision: event.revision };
    default:
      return viewer;
  }
}

function openedOf(events: readonly LiveEvent[]): Promise<readonly FeedEvent[]> {
  return Promise.all(
    events.map(async (event) => {
      const { type, occurredAt, actor } = event.envelope;
      return { revision: event.revision, type, occurredAt, actor, payload: await event.opened() };
    }),
  );
}
