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
    this.#known.set({
      session: batch.events.reduce((state, event) => supportSession.evolve(state, recorded(event)), before.session),
      events: [...before.events, ...batch.events],
      caughtUp: batch.caughtUp || (before.caughtUp && !batch.reset),
    });
  }
}

function nothingKnown(): Known {
  return { session: supportSession.initialState(), events: [], caughtUp: false };
}
