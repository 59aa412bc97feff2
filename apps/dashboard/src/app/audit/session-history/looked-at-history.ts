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
import { historyRows, indexAt, lacksSomething } from './history-rows';
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
  /** The same with what is missing between them, whatever is filtered by: nobody knows of what kind it was. */
  readonly rows = computed(() => historyRows(this.shown(), this.#history()?.missing ?? []));
  /** Place of the event that is looked at among those that are there: the one in the address, else the last. */
  readonly index = computed(() => indexAt(this.#history()?.events ?? [], this.#wanted()));
  readonly event = computed(() => this.#history()?.events[this.index()]);
  readonly revision = computed(() => this.event()?.revision ?? -1);
  /** Something up to the event that is looked at is missing or cannot be read: the state is without it. */
  readonly lacks = computed(() => lacksSomething(this.#history(), this.revision()));
  readonly state = computed(() => stateAtEvent(this.#history()?.events ?? [], this.revision()));
  readonly stateRows = computed(() => stateRows(this.state()));

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

  /** By its place among the events that are there: revisions leave out what is missing. */
  lookAtIndex(index: number): void {
    this.#wanted.set(this.#history()?.events[index]?.revision ?? null);
  }

  /** The revision one step away among the events shown. */
  towards(step: Step): number | undefined {
    const revisions = this.shown().map(({ event }) => event.revision);
    return neighbour(revisions, this.revision(), step);
  }
}
