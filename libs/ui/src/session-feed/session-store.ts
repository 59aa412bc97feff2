import { computed, signal } from '@angular/core';
import type { SupportSession } from '@deskside/domain';
import { supportSession } from '@deskside/domain';
import type { Observable, Subscription } from 'rxjs';
import { FeedRefused } from '../connection/resumable';
import type { FeedBatch } from '../connection/resumable';
import { failureOf } from '../refusals/failure';
import type { Failure } from '../refusals/failure';
import { recorded } from './feed-event';
import type { FeedEvent } from './feed-event';

interface Known {
  readonly session: SupportSession;
  readonly events: readonly FeedEvent[];
  readonly caughtUp: boolean;
}

/** One session as this viewer may see it: the fold of its feed, made by the same rules as on the server. */
export class SessionStore {
  readonly #known = signal<Known>(nothingKnown());
  readonly #failure = signal<Failure | null>(null);

  readonly session = computed(() => this.#known().session);
  /** In the order of the log, without gap or double. */
  readonly events = computed(() => this.#known().events);
  /** False until the feed has first delivered all there was: show the shape of what comes. */
  readonly caughtUp = computed(() => this.#known().caughtUp);
  /** Why the server ended the feed for good, if it did. */
  readonly failure = this.#failure.asReadonly();

  /** Give it what `LiveFeeds.resume` gives. Ends by unsubscribing. */
  follow(feed: Observable<FeedBatch<FeedEvent>>): Subscription {
    return feed.subscribe({
      next: (batch) => this.#take(batch),
      error: (error: unknown) => this.#failure.set(error instanceof FeedRefused ? error.failure : failureOf(error)),
    });
  }

  #take(batch: FeedBatch<FeedEvent>): void {
    const before = batch.reset ? nothingKnown() : this.#known();
    this.#failure.set(null);
    const { session, folded } = foldOf(before.session, batch.events);
    const caughtUp = batch.caughtUp || (before.caughtUp && !batch.reset);
    this.#known.set({ session, events: [...before.events, ...folded], caughtUp });
  }
}

/**
 * The server leaves out what damage has changed. An event that cannot be folded all the same, such as one of a newer version, is
 * passed by here: it keeps nobody from seeing the rest of the session.
 */
function foldOf(
  before: SupportSession,
  events: readonly FeedEvent[],
): { readonly session: SupportSession; readonly folded: readonly FeedEvent[] } {
  let session = before;
  const folded = events.filter((event) => {
    const after = evolved(session, event);
    session = after ?? session;
    return after !== null;
  });
  return { session, folded };
}

function evolved(session: SupportSession, event: FeedEvent): SupportSession | null {
  try {
    return supportSession.evolve(session, recorded(event));
  } catch {
    return null;
  }
}

function nothingKnown(): Known {
  return { session: supportSession.initialState(), events: [], caughtUp: false };
}
