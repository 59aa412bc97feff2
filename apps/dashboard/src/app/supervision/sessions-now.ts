import { Injectable, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { FeedRefused, ServerConnection, failureOf } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { SessionsNowDocument } from '../../generated/graphql';
import type { SessionsNowSubscription } from '../../generated/graphql';
import { StaffRequests } from '../sign-in/staff-requests';

export type SessionNow = SessionsNowSubscription['sessionsNow']['sessions'][number];

/** All open sessions of the site, live, the longest first. Lives as long as the page that provides it. */
@Injectable()
export class SessionsNow {
  readonly #connection = inject(ServerConnection);
  readonly #sessions = signal<readonly SessionNow[] | null>(null);
  readonly #failure = signal<Failure | null>(null);

  readonly sessions = this.#sessions.asReadonly();
  readonly failure = this.#failure.asReadonly();
  /** What stands here may be out of date: the server does not answer. */
  readonly lost = computed(() => this.#connection.state().status !== 'online' && this.#sessions() !== null);

  constructor() {
    inject(StaffRequests)
      .watch(SessionsNowDocument, {})
      .pipe(takeUntilDestroyed())
      .subscribe({
        next: ({ sessionsNow }) => this.#sessions.set([...sessionsNow.sessions].sort(byStart)),
        error: (error: unknown) => this.#failure.set(error instanceof FeedRefused ? error.failure : failureOf(error)),
      });
  }
}

function byStart({ summary: a }: SessionNow, { summary: b }: SessionNow): number {
  return Date.parse(a.startedAt) - Date.parse(b.startedAt) || a.id.localeCompare(b.id);
}
