import { eventRegistry, isErasedText } from '@deskside/domain';
import type { Viewer } from '@deskside/domain';
import type { EventStore, StreamName } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import { LiveEvent } from './event-hub';
import type { EventHub } from './event-hub';
import { Mailbox } from './mailbox';

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
}

/**
 * A session's events for one participant, from any revision on, without a gap or a repeat: listen first, read the stream,
 * drop what came twice. Who may see what follows from the stream itself, so an admission or a removal takes effect in the
 * place where it happened; the feed ends after the participant's own leaving.
 */
export class SessionFeed implements AsyncIterableIterator<FeedBatch> {
  readonly #mailbox: Mailbox<LiveEvent | 'reset'>;
  readonly #batches: AsyncGenerator<FeedBatch>;

  constructor(
    private readonly parts: { readonly store: EventStore; readonly vault: Vault; readonly hub: EventHub },
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
    let { last, viewer, batch } = await this.#fromLog(this.request.after);
    yield batch;
    while (viewer.leftRevision === null) {
      const items = await this.#mailbox.take();
      if (items === null) return;
      const news = items.filter((item): item is LiveEvent => item !== 'reset' && item.revision > last);
      const next = news.reduce(follow, viewer);
      if (items.includes('reset') || isLetIn(viewer, next)) {
        ({ last, viewer, batch } = await this.#fromLog('anew'));
        yield batch;
      } else {
        ({ last, viewer } = { last: news.at(-1)?.revision ?? last, viewer: next });
        const events = await visible(news, viewer);
        if (events.length > 0) yield { reset: false, events, upTo: last, caughtUp: true };
      }
    }
  }

  async #fromLog(from: number | 'anew'): Promise<{ last: number; viewer: ParticipantViewer; batch: FeedBatch }> {
    const { store, vault } = this.parts;
    const { stream, participantId } = this.request;
    const recorded = await store.readStream(stream);
    const all = LiveEvent.from(recorded, vault);
    const viewer = all.reduce(follow, newcomer(participantId));
    const last = Number(recorded.at(-1)?.revision ?? -1);
    const reset = from === 'anew' || (await hasLostNames(all.filter((event) => event.revision <= from)));
    const events = await visible(
      all.filter((event) => reset || event.revision > from),
      viewer,
    );
    return { last, viewer, batch: { reset, events, upTo: last, caughtUp: true } };
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

function visible(events: readonly LiveEvent[], viewer: ParticipantViewer): Promise<readonly FeedEvent[]> {
  return Promise.all(
    events
      .filter((event) => event.visibleTo(viewer))
      .map(async (event) => {
        const { type, occurredAt, actor } = event.envelope;
        return { revision: event.revision, type, occurredAt, actor, payload: await event.opened() };
      }),
  );
}
