import { Injectable, inject, signal } from '@angular/core';
import { failureOf, FeedRefused } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { AccountsFeedDocument } from '../../generated/graphql';
import type { AccountsFeedSubscription } from '../../generated/graphql';
import { StaffRequests } from '../sign-in/staff-requests';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';

export type ListedAccount = AccountsFeedSubscription['accountsFeed']['accounts'][number];

/** All accounts, live while the page is open. null until the server has sent them. */
@Injectable()
export class AccountList {
  readonly #accounts = signal<readonly ListedAccount[] | null>(null);
  readonly #failure = signal<Failure | null>(null);

  readonly accounts = this.#accounts.asReadonly();
  readonly failure = this.#failure.asReadonly();

  constructor() {
    inject(StaffRequests)
      .watch(AccountsFeedDocument, {})
      .pipe(takeUntilDestroyed())
      .subscribe({
        next: ({ accountsFeed }) => this.#accounts.set(accountsFeed.accounts),
        error: (error: unknown) => this.#failure.set(error instanceof FeedRefused ? error.failure : failureOf(error)),
      });
  }
}
