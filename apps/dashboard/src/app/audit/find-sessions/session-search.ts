import { Injectable, inject, signal } from '@angular/core';
import type { Failure } from '@deskside/ui';
import { FindSessionsDocument } from '../../../generated/graphql';
import type { SessionSummaryFieldsFragment } from '../../../generated/graphql';
import { StaffRequests } from '../../sign-in/staff-requests';
import { sessionQuery } from './session-query';
import type { TypedSearch } from './session-query';

/** The auditor's search. It outlives the page, so that "back" from a history needs no second, recorded search. */
@Injectable({ providedIn: 'root' })
export class SessionSearch {
  readonly #requests = inject(StaffRequests);
  readonly #found = signal<readonly SessionSummaryFieldsFragment[] | null>(null);
  readonly #failure = signal<Failure | null>(null);
  readonly #wrong = signal<string | null>(null);
  readonly #busy = signal(false);
  readonly #recorded = signal(true);

  readonly typed = signal<TypedSearch>({ by: 'number', number: '', name: '', from: '', to: '' });
  readonly found = this.#found.asReadonly();
  readonly failure = this.#failure.asReadonly();
  /** Key of what is wrong with what was typed. */
  readonly wrong = this.#wrong.asReadonly();
  readonly busy = this.#busy.asReadonly();
  /** False when the last search was not: the log took no record of it. */
  readonly recorded = this.#recorded.asReadonly();

  type(change: Partial<TypedSearch>): void {
    this.typed.update((typed) => ({ ...typed, ...change }));
    this.#wrong.set(null);
    if (change.by !== undefined) this.#found.set(null);
  }

  async find(): Promise<void> {
    const asked = sessionQuery(this.typed());
    this.#failure.set(null);
    this.#wrong.set('wrong' in asked ? asked.wrong : null);
    if ('wrong' in asked || this.#busy()) return;
    this.#busy.set(true);
    const answer = await this.#requests.ask(FindSessionsDocument, asked.query);
    this.#busy.set(false);
    if (answer.ok) {
      this.#found.set(answer.data.findSessions.sessions);
      this.#recorded.set(answer.data.findSessions.isRecorded);
    } else this.#failure.set(answer.failure);
  }
}
