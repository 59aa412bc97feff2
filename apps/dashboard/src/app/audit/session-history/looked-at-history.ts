import { Injectable, computed, inject, signal } from '@angular/core';
import type { Failure } from '@deskside/ui';
import { SessionHistoryDocument } from '../../../generated/graphql';
import type { SessionHistoryQuery } from '../../../generated/graphql';
import { kindOf, sessionKinds } from '../../history/event-kinds';
import type { EventKind } from '../../history/event-kinds';
import { People } from '../../history/people';
import { sentenceOf } from '../../history/sentence-of';
import { StaffRequests } from '../../sign-in/staff-requests';
import { neighbour } from './neighbour';
import type { Step } from './neighbour';
import { stateAtEvent } from './state-at-event';
import { stateRows } from './state-rows';

export type History = SessionHistoryQuery['sessionHistory'];

/** The history that is open: its events, which of them are shown, and the one that is looked at. */
@Injectable()
export class LookedAtHistory {
  readonly #requests = inject(StaffRequests);
  readonly #history = signal<History | null>(null);
  readonly #failure = signal<Failure | null>(null);
  readonly #wanted = signal<number | null>(null);

  readonly kind = signal<EventKind | 'all'>('all');
  readonly history = this.#history.asReadonly();
  readonly failure = this.#failure.asReadonly();

  readonly people = computed(() => People.of(this.#history()?.events ?? [], this.#history()?.people ?? []));
  readonly kinds = computed(() => {
    const present = new Set(this.#history()?.events.map(({ type }) => kindOf(type)));
    return sessionKinds.filter((kind) => present.has(kind));
  });
  readonly shown = computed(() => {
    const telling = { people: this.people(), stream: '' };
    return (this.#history()?.events ?? [])
      .filter(({ type }) => this.kind() === 'all' || kindOf(type) === this.kind())
      .map((event) => ({ event, sentence: sentenceOf(event, telling) }));
  });
  /** The event that is looked at: the one in the address, else the last. */
  readonly revision = computed(() => {
    const last = (this.#history()?.events.length ?? 0) - 1;
    return Math.min(this.#wanted() ?? last, last);
  });
  readonly event = computed(() => this.#history()?.events.find(({ revision }) => revision === this.revision()));
  readonly state = computed(() => stateAtEvent(this.#history()?.events ?? [], this.revision()));
  readonly rows = computed(() => stateRows(this.state()));

  async look(sessionId: string): Promise<void> {
    this.#history.set(null);
    this.#failure.set(null);
    const answer = await this.#requests.ask(SessionHistoryDocument, { sessionId });
    if (answer.ok) this.#history.set(answer.data.sessionHistory);
    else this.#failure.set(answer.failure);
  }

  lookAt(revision: number | null): void {
    this.#wanted.set(revision);
  }

  /** The revision one step away among the events shown. */
  towards(step: Step): number | undefined {
    const revisions = this.shown().map(({ event }) => event.revision);
    return neighbour(revisions, this.revision(), step);
  }
}
