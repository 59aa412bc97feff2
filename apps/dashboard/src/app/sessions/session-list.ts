import { Injectable, computed, inject, signal } from '@angular/core';
import type { Failure } from '@deskside/ui';
import { SessionsDocument } from '../../generated/graphql';
import type { SessionSummaryFieldsFragment } from '../../generated/graphql';
import { StaffRequests } from '../sign-in/staff-requests';
import { Representatives } from './representatives';
import { noFilter, sessionsAsked } from './session-list-filter';
import type { SessionListFilter } from './session-list-filter';

/** The list of sessions, newest first, page by page. It outlives its page, so that "back" finds it as it was. */
@Injectable({ providedIn: 'root' })
export class SessionListed {
  readonly #requests = inject(StaffRequests);
  readonly #filter = signal(noFilter);
  readonly #sessions = signal<readonly SessionSummaryFieldsFragment[] | null>(null);
  readonly #olderBefore = signal<string | null>(null);
  readonly #failure = signal<Failure | null>(null);
  readonly #wrong = signal<string | null>(null);
  readonly #busy = signal(false);
  #asked = 0;

  readonly zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  readonly filter = this.#filter.asReadonly();
  readonly sessions = this.#sessions.asReadonly();
  readonly hasOlder = computed(() => this.#olderBefore() !== null);
  readonly failure = this.#failure.asReadonly();
  /** Key of what is wrong with the filter. */
  readonly wrong = this.#wrong.asReadonly();
  readonly busy = this.#busy.asReadonly();
  readonly isFiltered = computed(() => Object.values(this.#filter()).some((value) => value !== ''));
  readonly representatives = inject(Representatives);

  /** Lists anew from the newest. */
  async list(change: Partial<SessionListFilter> = {}): Promise<void> {
    this.#filter.update((filter) => ({ ...filter, ...change }));
    const asked = sessionsAsked(this.#filter(), this.zone);
    this.#wrong.set(asked.wrong ?? null);
    if (asked.wrong !== undefined) return;
    await this.#fetch(null);
  }

  async older(): Promise<void> {
    const before = this.#olderBefore();
    if (before !== null && !this.#busy()) await this.#fetch(before);
  }

  clear(): Promise<void> {
    return this.list(noFilter);
  }

  async #fetch(before: string | null): Promise<void> {
    const asked = sessionsAsked(this.#filter(), this.zone);
    if (asked.wrong !== undefined) return;
    const mine = ++this.#asked;
    this.#busy.set(true);
    this.#failure.set(null);
    const page = before === null ? {} : { before };
    const answer = await this.#requests.ask(SessionsDocument, { ...asked.variables, ...page });
    // Only the answer to the latest question counts.
    if (mine !== this.#asked) return;
    this.#busy.set(false);
    if (!answer.ok) return this.#failure.set(answer.failure);
    const { sessions, olderBefore } = answer.data.sessions;
    this.#sessions.update((shown) => (before === null ? sessions : [...(shown ?? []), ...sessions]));
    this.#olderBefore.set(olderBefore);
  }
}
