import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { FeedRefused, failureOf } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import type { Subscription } from 'rxjs';
import { SessionsDocument, SessionsNowDocument } from '../../generated/graphql';
import type { SessionSummaryFieldsFragment } from '../../generated/graphql';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { StaffRequests } from '../sign-in/staff-requests';
import type { SessionNow } from '../supervision/sessions-now';

interface Place {
  readonly sessionId: string;
  readonly number: string | undefined;
}

/** One session: live while it is open and whoever looks supervises, else as the list of sessions has it. */
@Injectable()
export class LookedUpSession {
  readonly #requests = inject(StaffRequests);
  readonly #person = inject(SignedInPerson);
  readonly #live = signal<SessionNow | null>(null);
  readonly #listed = signal<SessionSummaryFieldsFragment | null>(null);
  readonly #failure = signal<Failure | null>(null);
  readonly #looked = signal(false);
  #place: Place | null = null;
  #feed: Subscription | undefined;

  /** What is going on in it; null once it has ended, or for whoever does not supervise. */
  readonly live = this.#live.asReadonly();
  readonly summary = computed(() => this.#live()?.summary ?? this.#listed());
  readonly failure = this.#failure.asReadonly();
  /** It was looked for everywhere and is not there. */
  readonly missing = computed(() => this.#looked() && this.summary() === null && this.#failure() === null);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#feed?.unsubscribe());
  }

  look(place: Place): void {
    this.#place = place;
    this.#live.set(null);
    this.#listed.set(null);
    this.#failure.set(null);
    this.#looked.set(false);
    this.#feed?.unsubscribe();
    if (this.#person.may('session.supervise')) this.#follow(place);
    else void this.#lookUp(place);
  }

  #follow(place: Place): void {
    this.#feed = this.#requests.watch(SessionsNowDocument, {}).subscribe({
      next: ({ sessionsNow }) => {
        const live = sessionsNow.sessions.find(({ summary }) => summary.id === place.sessionId);
        if (live === undefined) this.#isNotOpen(place);
        else this.#live.set(live);
      },
      error: (error: unknown) => this.#failure.set(error instanceof FeedRefused ? error.failure : failureOf(error)),
    });
  }

  /** What was last seen of it stays until the list of sessions has told the end. */
  #isNotOpen(place: Place): void {
    const last = this.#live();
    if (last === null && this.#looked()) return;
    if (last !== null) this.#listed.set(last.summary);
    this.#live.set(null);
    void this.#lookUp(place);
  }

  async #lookUp(place: Place): Promise<void> {
    const search = place.number === undefined ? {} : { search: place.number };
    const answer = await this.#requests.ask(SessionsDocument, search);
    if (place !== this.#place) return;
    this.#looked.set(true);
    if (!answer.ok) return this.#failure.set(answer.failure);
    const found = answer.data.sessions.sessions.find(({ id }) => id === place.sessionId);
    if (found !== undefined) this.#listed.set(found);
  }
}
