import { Injectable, effect, inject, signal } from '@angular/core';
import { FeedRefused, failureOf } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { AlertsDocument } from '../../generated/graphql';
import type { AlertsSubscription } from '../../generated/graphql';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { StaffRequests } from '../sign-in/staff-requests';

export type Alert = AlertsSubscription['alerts']['alerts'][number];

/** Reported sessions that nobody has looked at, live on every page, for whoever may review them. */
@Injectable({ providedIn: 'root' })
export class AlertFeed {
  readonly #requests = inject(StaffRequests);
  readonly #person = inject(SignedInPerson);
  readonly #alerts = signal<readonly Alert[] | null>(null);
  readonly #failure = signal<Failure | null>(null);

  /** null until they are known, and for whoever may not know them. */
  readonly alerts = this.#alerts.asReadonly();
  readonly failure = this.#failure.asReadonly();

  constructor() {
    effect((onCleanup) => {
      this.#failure.set(null);
      if (!this.#person.may('alert.review')) return this.#alerts.set(null);
      const feed = this.#requests.watch(AlertsDocument, {}).subscribe({
        next: ({ alerts }) => this.#alerts.set(alerts.alerts),
        error: (error: unknown) => this.#failure.set(error instanceof FeedRefused ? error.failure : failureOf(error)),
      });
      onCleanup(() => feed.unsubscribe());
    });
  }
}
